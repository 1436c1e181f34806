package convoy.driver.data;

import convoy.driver.ExitCode;
import convoy.driver.UserException;
import convoy.driver.config.OutputConfig;
import convoy.driver.store.AtomicDirectory;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The directory that a data command writes: on any Hadoop file system, whole or not at all. */
final class OutputDirectory {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final Configuration hadoop;
  private final FileSystem fileSystem;
  private final Path location;
  private final boolean overwrite;

  /** Opens the files of a directory in the making. */
  @FunctionalInterface
  interface Files {
    /** A new file under a relative path, whose folders come into being with it. */
    OutputStream create(String relativePath) throws IOException;
  }

  /** Writes the files of a directory. */
  @FunctionalInterface
  interface Content<T> {
    /** Writes all files; the result goes to whoever publishes. */
    T writeTo(Files files) throws IOException;
  }

  /**
   * The directory of {@code output}, which is refused if it exists and is not to be replaced.
   *
   * @param purpose names in a message what would be written, for instance {@code images}
   */
  OutputDirectory(Configuration hadoop, OutputConfig output, String purpose) throws IOException {
    Path given = Locations.path(output.path());
    this.hadoop = hadoop;
    this.fileSystem = Locations.fileSystem(hadoop, given);
    this.location = fileSystem.makeQualified(given);
    this.overwrite = output.overwrite();
    if (location.isRoot()) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot write %s to %s: it is a root (name a directory in it)"
              .formatted(purpose, location));
    }
    AtomicDirectory.requireAbsent(hadoop, location, overwrite, purpose);
  }

  /** The qualified URI of the directory. */
  String location() {
    return location.toString();
  }

  /** Writes the content and gives the directory its name; returns what the content returns. */
  <T> T publish(Content<T> content) throws IOException {
    AtomicReference<T> result = new AtomicReference<>();
    AtomicDirectory.publish(
        hadoop,
        location,
        overwrite,
        (context, directory) -> result.set(content.writeTo(path -> create(directory, path))));
    return result.get();
  }

  private OutputStream create(Path directory, String relativePath) throws IOException {
    return new BufferedOutputStream(
        fileSystem.create(new Path(directory, relativePath), false), BUFFER_BYTES);
  }
}
