package convoy.driver.data;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.store.AtomicDirectory;
import convoy.driver.store.Locations;
import convoy.driver.store.OutputSpec;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory that a data command writes: on any Hadoop file system, whole or not at all. */
public final class OutputDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(OutputDirectory.class);

  private final Configuration hadoop;
  private final Path location;
  private final boolean overwrite;
  private final OutputKind kind;

  /** Writes the files of a directory. */
  @FunctionalInterface
  public interface Content<T> {
    /** Writes all files; the result is returned to the caller that publishes. */
    T writeTo(UnpublishedDirectory files) throws IOException;
  }

  /**
   * The directory of {@code output}, which is refused if it exists and is not to be replaced, or
   * holds a file that is not of an output of this kind.
   */
  public OutputDirectory(Configuration hadoop, OutputSpec output, OutputKind kind)
      throws IOException {
    this.hadoop = hadoop;
    this.location = Locations.qualified(hadoop, output.path());
    this.overwrite = output.overwrite();
    this.kind = kind;
    if (location.isRoot()) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot write %s to %s: it is a root (name a directory in it)"
              .formatted(kind.purpose(), location));
    }
    requireFree();
  }

  private void requireFree() {
    kind.files().requireFree(hadoop, location, overwrite, kind.purpose());
  }

  /**
   * Checks that what is read does not lie where the output will replace it, nor the output in it.
   *
   * @param source qualified
   * @throws UserException if it does
   */
  public void requireApartFrom(Path source) {
    if (Locations.isWithin(source, location) || Locations.isWithin(location, source)) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot write to %s: it holds, or lies in, what is read from %s (choose another --output)"
              .formatted(location, source));
    }
  }

  /** The qualified URI of the directory. */
  public String location() {
    return location.toString();
  }

  /**
   * Writes the content and gives the directory its name; returns what the content returns. What
   * other commands have written beside this place on their way to it is deleted then: most of them
   * were killed.
   *
   * @throws UserException if another command has written the directory meanwhile
   */
  public <T> T publish(Content<T> content) throws IOException {
    AtomicReference<T> result = new AtomicReference<>();
    try (FileSystem fileSystem = FileSystem.newInstance(location.toUri(), forSmallFiles(hadoop))) {
      AtomicDirectory.publish(
          hadoop,
          location,
          overwrite,
          (context, directory) -> {
            result.set(
                write(
                    context, directory, content, new UnpublishedDirectory(fileSystem, directory)));
            // It may have taken hours, in which others have used the place.
            requireFree();
          });
    }
    AtomicDirectory.deleteLeftoversOf(hadoop, location);
    return result.get();
  }

  /**
   * Writes the content beside a file that is deleted by whoever deletes the content. The directory
   * itself does not tell, since it comes into being again with the next file in it.
   */
  private <T> T write(
      FileContext context, Path directory, Content<T> content, UnpublishedDirectory files)
      throws IOException {
    Path mark = directory.suffix(".mark");
    AtomicDirectory.write(context, mark, new byte[0]);
    T result;
    try {
      result = content.writeTo(files);
    } catch (Exception e) {
      // Spark's exceptions are checked, and Scala does not declare them.
      if (wasDeleted(context, mark)) {
        throw overtaken(e);
      }
      throw e;
    }
    if (wasDeleted(context, mark)) {
      throw overtaken(null);
    }
    return result;
  }

  /** Deletes the mark, and says whether another command has done so before. */
  private static boolean wasDeleted(FileContext context, Path mark) {
    try {
      return !context.delete(mark, false);
    } catch (FileNotFoundException e) {
      return true;
    } catch (IOException e) {
      LOG.debug("Cannot delete {}", mark, e);
      return false;
    }
  }

  private UserException overtaken(Exception failure) {
    return new UserException(
        ExitCode.INPUT,
        "Cannot write to %s: another command has just written it (give each command its own --output)"
            .formatted(location),
        failure);
  }

  /**
   * An HDFS client that closes a file asks whether its last block has arrived, mostly a moment too
   * early, and by default asks again after 400 ms: minutes for some hundred images. So it asks
   * sooner, with a wait that doubles each time, up to 30 s in all.
   */
  private static Configuration forSmallFiles(Configuration hadoop) {
    Configuration configuration = new Configuration(hadoop);
    String closing = "dfs.client.block.write.locateFollowingBlock.";
    configuration.setInt(closing + "initial.delay.ms", 2);
    configuration.setInt(closing + "retries", 14);
    return configuration;
  }
}
