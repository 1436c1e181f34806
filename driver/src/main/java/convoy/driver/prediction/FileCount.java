package convoy.driver.prediction;

import java.util.Locale;

/**
 * How many files are done.
 *
 * @param files done, those that could not be read included
 * @param unreadable files among them
 */
record FileCount(long files, long unreadable) implements Summand<FileCount> {
  static final FileCount NONE = new FileCount(0, 0);

  @Override
  public FileCount plus(FileCount other) {
    return new FileCount(files + other.files, unreadable + other.unreadable);
  }

  /** What Spark's UI shows beside a task. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%,d files, %,d unreadable", files, unreadable);
  }
}
