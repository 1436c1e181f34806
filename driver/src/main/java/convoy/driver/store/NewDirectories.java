package convoy.driver.store;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Path;

/**
 * The directories on the way to an output that did not exist before it, so that they can be taken
 * away again where nothing has come into them.
 */
public final class NewDirectories {
  private final FileContext files;
  private final Path innermost;
  private final Path existing;

  private NewDirectories(FileContext files, Path innermost, Path existing) {
    this.files = files;
    this.innermost = innermost;
    this.existing = existing;
  }

  /** Looks which directories down to {@code innermost} do not exist yet. */
  public static NewDirectories downTo(Configuration configuration, Path innermost)
      throws IOException {
    FileContext files = AtomicDirectory.files(configuration, innermost);
    return new NewDirectories(
        files, files.makeQualified(innermost), nearestExisting(files, innermost));
  }

  /** The path itself, or else the nearest one above it that exists; qualified. */
  static Path nearestExisting(FileContext files, Path path) throws IOException {
    Path existing = files.makeQualified(path);
    while (!existing.isRoot() && !files.util().exists(existing)) {
      existing = existing.getParent();
    }
    return existing;
  }

  /** Deletes those that exist by now and are empty. */
  public void deleteEmpty() throws IOException {
    for (Path path = innermost; !path.equals(existing); path = path.getParent()) {
      if (files.util().exists(path)) {
        if (files.listStatus(path).hasNext()) {
          return;
        }
        files.delete(path, false);
      }
    }
  }
}
