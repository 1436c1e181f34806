package convoy.driver.data;

import convoy.driver.ExitCode;
import convoy.driver.UserException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** Turns what a user typed into a path on a file system. */
final class Locations {
  private Locations() {}

  /**
   * The path of a Hadoop URI; without a scheme it is on the cluster's default file system.
   *
   * @throws UserException if it is empty or no URI
   */
  static Path path(String text) {
    try {
      return new Path(text);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot use \"%s\" as a location: %s (give a URI such as hdfs://namenode:9000/data/set)"
              .formatted(text, e.getMessage()),
          e);
    }
  }

  /**
   * The path of a Hadoop URI; without a scheme it is a file or directory of this machine, for what
   * a user has at hand.
   */
  static Path localByDefault(String text) {
    Path path = path(text);
    return path.toUri().getScheme() == null
        ? new Path(java.nio.file.Path.of(text).toAbsolutePath().toUri())
        : path;
  }

  /**
   * The file system of a path. The local one comes without Hadoop's checksum files, which are wrong
   * once a file is replaced by hand.
   *
   * @throws UserException if there is no such file system or it does not answer
   */
  static FileSystem fileSystem(Configuration hadoop, Path path) {
    try {
      FileSystem fileSystem = path.getFileSystem(hadoop);
      return fileSystem instanceof LocalFileSystem local ? local.getRawFileSystem() : fileSystem;
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot reach %s: %s (check the URI and that its file system is running)"
              .formatted(path, e.getMessage()),
          e);
    }
  }
}
