package convoy.driver.data;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.Shown;
import convoy.driver.failure.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * How many records each file of a data set in CIFAR-10's layout has, where an earlier Convoy wrote
 * it: a text file beside them with one line {@code count name} per file. It tells a set with a
 * missing or exchanged file from a smaller set.
 */
final class RecordCounts {
  /** The name of the file in the data set's directory. */
  static final String FILE = "records.txt";

  private RecordCounts() {}

  /**
   * Checks the files of a directory against its counts, if it has any.
   *
   * @param binaries all files of records in the directory
   * @throws UserException naming the first file that is missing or has another length
   */
  static void require(FileSystem fileSystem, Path directory, List<FileStatus> binaries)
      throws IOException {
    Path file = new Path(directory, FILE);
    if (!fileSystem.exists(file)) {
      return;
    }
    Map<String, Long> bytes = new TreeMap<>();
    binaries.forEach(status -> bytes.put(status.getPath().getName(), status.getLen()));
    String text;
    try (InputStream in = fileSystem.open(file)) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    for (String line : text.lines().toList()) {
      int space = line.indexOf(' ');
      String name = line.substring(space + 1);
      long records = count(line, space, file);
      Long actual = bytes.get(name);
      if (actual == null) {
        throw wrong(directory, "%s is missing, with %d images".formatted(name, records));
      }
      if (actual != records * CifarDirectory.LAYOUT.bytes()) {
        throw wrong(
            directory,
            "%s has %d bytes; expected %d, for %d images"
                .formatted(name, actual, records * CifarDirectory.LAYOUT.bytes(), records));
      }
    }
  }

  private static long count(String line, int space, Path file) {
    try {
      return Long.parseLong(line.substring(0, Math.max(space, 0)));
    } catch (NumberFormatException e) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot read %s: the line \"%s\" is not a count and a file name (import the data set again, or delete the file)"
              .formatted(file, Shown.name(line)),
          e);
    }
  }

  private static UserException wrong(Path directory, String reason) {
    return new UserException(
        ExitCode.INPUT,
        "Cannot read the image set %s: %s (import the data set again, or, if it is meant so, delete its %s)"
            .formatted(directory, reason, FILE));
  }
}
