package convoy.driver.data;

import convoy.worker.image.Split;

/**
 * Which file of a data set directory is what, by its name alone: {@code *.bin} files hold records,
 * those whose name starts with {@code test} the test images and all others training images. Names
 * that start with a dot or an underscore are no part of the set.
 */
public final class DataSetFiles {
  private DataSetFiles() {}

  /** Whether a file of this name holds records. */
  public static boolean holdsRecords(String name) {
    return name.endsWith(".bin") && !name.startsWith(".") && !name.startsWith("_");
  }

  /** What the records of such a file are for. */
  public static Split split(String name) {
    return name.startsWith("test") ? Split.TEST : Split.TRAINING;
  }
}
