package convoy.driver.ingest.table;

import convoy.driver.files.FileListing;
import convoy.driver.files.ListedFile;
import convoy.driver.files.LocalFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/**
 * Turns the paths of a table into locations. A path with a scheme is a whole URI as Hadoop writes
 * them, nothing in it escaped; one that begins with a slash is on the table's file system; any
 * other is in or below the table's folder. Paths of one file have one location, however many
 * slashes and dots they are written with.
 */
final class TablePaths {
  private static final Pattern LOCAL = Pattern.compile("file:/*(/.*)", Pattern.DOTALL);
  private static final Pattern SCHEME =
      Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:/.*", Pattern.DOTALL);
  private static final Pattern SLASHES = Pattern.compile("(?<![:/])/{2,}");

  private final Configuration configuration;
  private final String folder;

  /**
   * Paths of a table.
   *
   * @param folder the location of the table's folder
   */
  TablePaths(Configuration configuration, String folder) {
    this.configuration = configuration;
    this.folder = folder;
  }

  /**
   * The file with a path, which need not exist; unreadable if no file can have that path.
   *
   * @throws convoy.driver.failure.UserException if the path is on a file system that is out of
   *     reach
   */
  ListedFile file(String written) {
    String path = SLASHES.matcher(written).replaceAll("/");
    Matcher local = LOCAL.matcher(path);
    if (local.matches()) {
      return ListedFile.of(resolved(LocalFiles.location(local.group(1))), 0);
    }
    boolean absolute = path.startsWith("/");
    if (LocalFiles.isLocal(folder) && !SCHEME.matcher(path).matches()) {
      // The folder's own name may hold bytes that are no text, so it stays as it is escaped.
      String escaped = LocalFiles.location(absolute ? path : "/" + path);
      String whole = absolute ? escaped : folder + LocalFiles.withoutScheme(escaped);
      return ListedFile.of(resolved(whole), 0);
    }
    try {
      return ListedFile.of(remote(path), 0);
    } catch (IllegalArgumentException e) {
      return ListedFile.unreadable(written, "it is no path: " + e.getMessage());
    }
  }

  private String remote(String path) {
    if (!SCHEME.matcher(path).matches()) {
      var name = new org.apache.hadoop.fs.Path(null, null, path);
      return new org.apache.hadoop.fs.Path(new org.apache.hadoop.fs.Path(folder), name).toString();
    }
    return FileListing.location(configuration, new org.apache.hadoop.fs.Path(path).toString());
  }

  /** The location without empty steps, and without those to the folder above, as Linux goes. */
  private static String resolved(String location) {
    String done = "file:";
    for (String step : LocalFiles.withoutScheme(location).split("/", -1)) {
      done =
          switch (step) {
            case "", "." -> done;
            case ".." -> above(done);
            default -> done + "/" + step;
          };
    }
    return done;
  }

  private static String above(String folder) {
    String real = linksFollowed(folder);
    return real.substring(0, Math.max(real.lastIndexOf('/'), "file:".length()));
  }

  private static String linksFollowed(String folder) {
    try {
      Path path = LocalFiles.file(folder);
      Path real = path.toRealPath();
      return real.equals(path) ? folder : LocalFiles.location(real.toString());
    } catch (IOException | IllegalArgumentException e) {
      // It is not there, at least not for the driver, or no folder can be there.
      return folder;
    }
  }
}
