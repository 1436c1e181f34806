package convoy.driver.store;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.Shown;
import convoy.driver.failure.UserException;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Turns what a user typed into a path on a file system, and what the file system says into one
 * line.
 */
public final class Locations {
  private static final String REMEDY =
      "check the URI, your permissions and that its file system is running";

  /** Hadoop has file systems for these, which can do nothing but read an address to its end. */
  private static final Set<String> WEB = Set.of("http", "https");

  private Locations() {}

  /** Something done with the files at a location. */
  @FunctionalInterface
  public interface Access<T> {
    /** Does it. */
    T run() throws IOException;
  }

  /**
   * The path of a Hadoop URI; without a scheme it is on the cluster's default file system.
   *
   * @throws UserException if it is empty or no URI
   */
  public static Path path(String text) {
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
  public static Path localByDefault(String text) {
    Path path = path(text);
    return path.toUri().getScheme() == null
        ? new Path(java.nio.file.Path.of(text).toAbsolutePath().toUri())
        : path;
  }

  /**
   * The path with the scheme and the host of its file system.
   *
   * @throws UserException if it is no URI, or there is no such file system
   */
  public static Path qualified(Configuration hadoop, String text) {
    Path path = path(text);
    return connected(hadoop, path).makeQualified(path);
  }

  /**
   * Whether {@code inner} is {@code outer} or lies in it; both qualified. Neither need exist.
   * Symbolic links are followed where they are the local file system's.
   */
  public static boolean isWithin(Path inner, Path outer) {
    Path end = linksFollowed(outer);
    for (Path path = linksFollowed(inner); path != null; path = path.getParent()) {
      if (path.equals(end)) {
        return true;
      }
    }
    return false;
  }

  private static Path linksFollowed(Path path) {
    if (!"file".equals(path.toUri().getScheme())) {
      return path;
    }
    var whole = java.nio.file.Path.of(path.toUri().getPath());
    for (var existing = whole; existing != null; existing = existing.getParent()) {
      try {
        var real = existing.toRealPath().resolve(existing.relativize(whole));
        return new Path("file", null, real.toString());
      } catch (IOException e) {
        // It does not exist: what is above it may.
      }
    }
    return path;
  }

  /**
   * The file system of a path. The local one comes without Hadoop's checksum files, which are wrong
   * once a file is replaced by hand.
   *
   * @throws UserException if there is no such file system
   */
  public static FileSystem fileSystem(Configuration hadoop, Path path) {
    return withoutChecksums(connected(hadoop, path));
  }

  /** The same file system; the local one without the checksum files that Hadoop adds to it. */
  public static FileSystem withoutChecksums(FileSystem fileSystem) {
    return fileSystem instanceof LocalFileSystem local ? local.getRawFileSystem() : fileSystem;
  }

  /**
   * Looks at, or writes, files at a location whose failures are the user's to mend: the place may
   * not exist, be forbidden or out of reach.
   *
   * @throws UserException with the first line of what the file system says
   */
  public static <T> T reach(Path location, Access<T> access) {
    try {
      return access.run();
    } catch (IOException e) {
      throw unreachable(location, e);
    }
  }

  private static FileSystem connected(Configuration hadoop, Path path) {
    if (WEB.contains(String.valueOf(path.toUri().getScheme()).toLowerCase(Locale.ROOT))) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot reach %s: it is an address on the web and not on a file system (download the files"
                  .formatted(Shown.name(path.toString()))
              + " first)");
    }
    try {
      return path.getFileSystem(hadoop);
    } catch (IOException | IllegalArgumentException e) {
      // HDFS tells of an unknown host by an IllegalArgumentException.
      throw unreachable(path, e);
    } catch (RuntimeException e) {
      if (e.getCause() instanceof ClassNotFoundException) {
        throw new UserException(
            ExitCode.INPUT,
            "Cannot reach %s: %s (give Spark the jars of this file system, for s3a: with --conf spark.jars.packages=org.apache.hadoop:hadoop-aws:VERSION)"
                .formatted(Shown.name(path.toString()), e.getCause().getMessage()),
            e);
      }
      throw e;
    }
  }

  private static UserException unreachable(Path location, Exception cause) {
    return new UserException(
        ExitCode.INPUT,
        "Cannot reach %s: %s (%s)"
            .formatted(Shown.name(location.toString()), Failures.firstLine(cause), REMEDY),
        cause);
  }
}
