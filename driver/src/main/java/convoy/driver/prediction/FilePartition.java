package convoy.driver.prediction;

import convoy.driver.files.ListedFile;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** The files of one task, in order. */
final class FilePartition implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String[] locations;
  private final long[] lengths;
  private final String[] problems;

  FilePartition(List<ListedFile> files) {
    locations = files.stream().map(ListedFile::location).toArray(String[]::new);
    lengths = files.stream().mapToLong(ListedFile::length).toArray();
    problems = files.stream().map(ListedFile::problem).toArray(String[]::new);
  }

  /** The files, one after the other. */
  Iterator<ListedFile> files() {
    return IntStream.range(0, locations.length)
        .mapToObj(i -> new ListedFile(locations[i], lengths[i], problems[i]))
        .iterator();
  }
}
