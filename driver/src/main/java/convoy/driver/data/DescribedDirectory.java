package convoy.driver.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.store.StrictJson;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Reads and writes the image sets that describe themselves: files of records, and beside them an
 * {@code image-set.json}. What can be checked without reading the records is checked.
 */
public final class DescribedDirectory {
  /** Names of 65,536 classes and much more; what is longer is some other file. */
  private static final int MOST_BYTES = 64 << 20;

  private DescribedDirectory() {}

  /**
   * Writes the description of a set in the making, whose files have been written and read once.
   *
   * @param source with its contents
   */
  public static void describe(RecordFiles source, UnpublishedDirectory directory)
      throws IOException {
    try (OutputStream out = directory.create(ImageSetDescription.FILE)) {
      out.write(StrictJson.bytes(ImageSetDescription.of(source)));
    }
  }

  /**
   * The set in {@code directory}.
   *
   * @throws UserException if its description is of another version or contradicts itself, or a file
   *     is missing or has another length
   */
  static RecordFiles read(Configuration configuration, Path directory) throws IOException {
    FileSystem files = directory.getFileSystem(configuration);
    Path json = new Path(directory, ImageSetDescription.FILE);
    RecordFiles source;
    try {
      source = description(files, json).toSource(directory.toString());
    } catch (JsonProcessingException e) {
      throw unreadable(json, StrictJson.reason(e), e);
    } catch (IllegalArgumentException e) {
      throw unreadable(json, e.getMessage(), e);
    } catch (NullPointerException | ArithmeticException e) {
      throw unreadable(json, "a value in it is missing or too large", e);
    }
    for (RecordFile file : source.files()) {
      requireLength(files, source, file);
    }
    return source;
  }

  private static ImageSetDescription description(FileSystem files, Path json) throws IOException {
    byte[] bytes;
    try (InputStream in = files.open(json)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    }
    if (bytes.length > MOST_BYTES) {
      throw new IllegalArgumentException("it is longer than %d bytes".formatted(MOST_BYTES));
    }
    ImageSetDescription description = StrictJson.read(bytes, ImageSetDescription.class);
    if (description == null || !ImageSetDescription.FORMAT.equals(description.format())) {
      throw new IllegalArgumentException(
          "it does not say \"format\": \"%s\"".formatted(ImageSetDescription.FORMAT));
    }
    if (description.formatVersion() != ImageSetDescription.FORMAT_VERSION) {
      throw new IllegalArgumentException(
          "its format version is %d, and this Convoy reads %d"
              .formatted(description.formatVersion(), ImageSetDescription.FORMAT_VERSION));
    }
    return description;
  }

  private static void requireLength(FileSystem files, RecordFiles source, RecordFile file)
      throws IOException {
    long expected = file.images() * source.layout().bytes();
    long actual;
    try {
      actual = files.getFileStatus(source.path(file)).getLen();
    } catch (FileNotFoundException e) {
      throw wrong(source, "%s is missing, with %d images".formatted(file.name(), file.images()), e);
    }
    if (actual != expected) {
      throw wrong(
          source,
          "%s has %d bytes; expected %d, for %d images"
              .formatted(file.name(), actual, expected, file.images()),
          null);
    }
  }

  private static UserException wrong(RecordFiles source, String reason, Throwable cause) {
    return new UserException(
        ExitCode.INPUT,
        "Cannot read the image set %s: %s (import the data set again)"
            .formatted(source.set().uri(), reason),
        cause);
  }

  private static UserException unreadable(Path json, String reason, Throwable cause) {
    return new UserException(
        ExitCode.INPUT,
        "Cannot read the image set's description %s: %s (import the data set again with this Convoy)"
            .formatted(json, reason),
        cause);
  }
}
