package convoy.driver.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A directory whose files are checked as they are read: its file {@code SHA256SUMS} has the SHA-256
 * of each of the others, in the form that {@code sha256sum --check} reads. The digests are taken
 * while the bytes pass, so a file need not fit into memory.
 */
public final class ChecksummedDirectory {
  private static final String SUMS = "SHA256SUMS";
  private static final Pattern LINE = Pattern.compile("[0-9a-f]{64}  [A-Za-z0-9.-]+");
  private static final int DIGITS = 64;

  /** Names of 65,536 classes and much more. */
  private static final int MOST_TEXT_BYTES = 64 << 20;

  private final FileSystem files;
  private final Path directory;
  private final Map<String, String> sums;

  /** The content of a file that is written. */
  @FunctionalInterface
  public interface Writer {
    /** Writes all of it. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Makes a value of the content of a file. */
  @FunctionalInterface
  public interface Reader<T> {
    /** Reads as far as it needs to. */
    T read(InputStream in) throws IOException;
  }

  private ChecksummedDirectory(FileSystem files, Path directory, Map<String, String> sums) {
    this.files = files;
    this.directory = directory;
    this.sums = sums;
  }

  /**
   * Writes files and the sums of them.
   *
   * @param content of each file by its name, of letters, digits, points and hyphens
   */
  public static void write(FileContext files, Path directory, Map<String, Writer> content)
      throws IOException {
    Map<String, String> sums = new LinkedHashMap<>();
    for (Map.Entry<String, Writer> file : content.entrySet()) {
      MessageDigest digest = Sha256.start();
      try (var out =
          new DigestOutputStream(
              AtomicDirectory.create(files, new Path(directory, file.getKey())), digest)) {
        file.getValue().writeTo(out);
      }
      sums.put(file.getKey(), Sha256.end(digest));
    }
    AtomicDirectory.write(
        files, new Path(directory, SUMS), text(sums).getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Opens a directory to read files of it.
   *
   * @throws DamagedFileException if it has no whole list of sums
   */
  public static ChecksummedDirectory open(Configuration configuration, Path directory)
      throws IOException {
    FileSystem files = Locations.fileSystem(configuration, directory);
    Path file = new Path(directory, SUMS);
    requireText(SUMS, files.getFileStatus(file).getLen());
    String text;
    try (var in = files.open(file)) {
      text = new String(in.readNBytes(MOST_TEXT_BYTES), StandardCharsets.ISO_8859_1);
    }
    if (!text.endsWith("\n") || !text.lines().allMatch(line -> LINE.matcher(line).matches())) {
      throw new DamagedFileException(SUMS + " is not a list of checksums and names");
    }
    Map<String, String> sums =
        text.lines()
            .collect(
                Collectors.toMap(
                    line -> line.substring(DIGITS + 2),
                    line -> line.substring(0, DIGITS),
                    (first, second) -> second));
    return new ChecksummedDirectory(files, directory, sums);
  }

  /**
   * The content of a small file, in UTF-8.
   *
   * @throws DamagedFileException if it is not as it was written
   */
  public String text(String name) throws IOException {
    long bytes = length(name);
    requireText(name, bytes);
    return read(name, bytes, in -> new String(in.readAllBytes(), StandardCharsets.UTF_8));
  }

  /**
   * The content of a file.
   *
   * @param bytes that it must have; another length is found before anything is read
   * @param reader may allocate for that many bytes; what it makes is thrown away if the sum is
   *     wrong
   * @throws DamagedFileException if it is not as it was written
   */
  public <T> T read(String name, long bytes, Reader<T> reader) throws IOException {
    String expected = sums.get(name);
    if (expected == null) {
      throw new DamagedFileException("%s has no sum of %s".formatted(SUMS, name));
    }
    long actualBytes = length(name);
    if (actualBytes != bytes) {
      throw new DamagedFileException("%s has %d bytes, not %d".formatted(name, actualBytes, bytes));
    }
    MessageDigest digest = Sha256.start();
    T value;
    try (var in = new DigestInputStream(files.open(new Path(directory, name)), digest)) {
      value = reader.read(in);
      in.transferTo(OutputStream.nullOutputStream());
    }
    String actual = Sha256.end(digest);
    if (!actual.equals(expected)) {
      throw new DamagedFileException(
          "the SHA-256 of %s is %s, not %s".formatted(name, actual, expected));
    }
    return value;
  }

  private long length(String name) throws IOException {
    return files.getFileStatus(new Path(directory, name)).getLen();
  }

  private static void requireText(String name, long bytes) throws IOException {
    if (bytes > MOST_TEXT_BYTES) {
      throw new DamagedFileException(
          "%s has %d bytes, more than the %d that it can need"
              .formatted(name, bytes, MOST_TEXT_BYTES));
    }
  }

  private static String text(Map<String, String> sums) {
    return sums.entrySet().stream()
        .map(file -> file.getValue() + "  " + file.getKey() + "\n")
        .collect(Collectors.joining());
  }
}
