package convoy.driver.ingest.table;

import convoy.driver.files.FileListing;
import convoy.driver.files.LocalFiles;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Turns the paths of a table into locations. A path with a scheme is a whole URI as Hadoop writes
 * them, nothing in it escaped; one that begins with a slash is on the table's file system; any
 * other is in or below the table's folder.
 */
final class TablePaths {
  private static final Pattern LOCAL = Pattern.compile("file:/*(/.*)", Pattern.DOTALL);
  private static final Pattern HERE = Pattern.compile("(^|/)(?:[.]/+)+");
  private static final Pattern SCHEME =
      Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:/.*", Pattern.DOTALL);

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

  /** The location of a path; {@code ./} in it means nothing. */
  String location(String written) {
    String path = HERE.matcher(written).replaceAll("$1");
    Matcher local = LOCAL.matcher(path);
    if (local.matches()) {
      return LocalFiles.location(local.group(1));
    }
    if (SCHEME.matcher(path).matches()) {
      return FileListing.location(configuration, path);
    }
    boolean absolute = path.startsWith("/");
    if (LocalFiles.isLocal(folder)) {
      // The folder's own name may hold bytes that are no text, so it stays as it is escaped.
      String escaped = LocalFiles.location(absolute ? path : "/" + path);
      return absolute ? escaped : folder + LocalFiles.withoutScheme(escaped);
    }
    return new Path(new Path(folder), new Path(null, null, path)).toString();
  }
}
