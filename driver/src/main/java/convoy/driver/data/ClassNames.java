package convoy.driver.data;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.Shown;
import convoy.driver.failure.UserException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The class names of a data set, in label order: UTF-8 text, one name per line, as the official
 * archive has it. Spaces around a name and blank lines at the end do not count.
 */
public final class ClassNames {
  /** The name of the file in the data set's directory. */
  public static final String FILE = "batches.meta.txt";

  /** More than ten names need; what is longer is some other file. */
  private static final int MAX_BYTES = 64 * 1024;

  private ClassNames() {}

  /**
   * The ten class names of the data set in {@code directory}, a Hadoop URI.
   *
   * @throws UserException if there is no such file, or it does not hold ten different names
   */
  public static List<String> read(Configuration hadoop, String directory) throws IOException {
    Path file = new Path(directory, FILE);
    try (InputStream in = file.getFileSystem(hadoop).open(file)) {
      return read(in, file.toString());
    } catch (FileNotFoundException e) {
      throw missing(directory);
    }
  }

  static List<String> read(InputStream in, String source) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw invalid(source, "it is longer than %d bytes".formatted(MAX_BYTES));
    }
    List<String> names = lines(new String(bytes, StandardCharsets.UTF_8));
    Optional<String> obstacle = obstacle(names, CifarDirectory.LAYOUT.classes());
    if (obstacle.isPresent()) {
      throw invalid(source, obstacle.get());
    }
    return names;
  }

  /** The names that a file with this text holds, one from each line. */
  public static List<String> lines(String text) {
    return text.stripTrailing().lines().map(String::strip).toList();
  }

  /** Why these cannot be the names of so many classes, as half a message; empty if they can. */
  public static Optional<String> obstacle(List<String> names, int classes) {
    if (names.size() != classes) {
      return Optional.of("it has %d lines".formatted(names.size()));
    }
    if (names.contains("")) {
      return Optional.of("its line %d is blank".formatted(names.indexOf("") + 1));
    }
    Set<String> seen = new HashSet<>();
    return names.stream()
        .filter(name -> !seen.add(name))
        .findFirst()
        .map(name -> "it names \"%s\" twice".formatted(Shown.name(name)));
  }

  /** Writes the file into a data set in the making. */
  public static void write(List<String> names, UnpublishedDirectory files) throws IOException {
    try (OutputStream out = files.create(FILE)) {
      out.write((String.join("\n", names) + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  static UserException missing(String source) {
    return new UserException(
        ExitCode.INPUT,
        ("Cannot name the classes of %s: it has no %s (put one beside the .bin files, with the %d"
                + " class names in label order, one per line)")
            .formatted(source, FILE, CifarDirectory.LAYOUT.classes()));
  }

  private static UserException invalid(String source, String reason) {
    return new UserException(
        ExitCode.INPUT,
        "Cannot read class names from %s: %s (it must hold %d different names, one per line)"
            .formatted(source, reason, CifarDirectory.LAYOUT.classes()));
  }
}
