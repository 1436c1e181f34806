package convoy.driver.files;

import convoy.driver.store.Failures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * All files in and below a directory of a Hadoop file system, by plain directory listings: no
 * pattern is expanded and no name is passed over. A directory that cannot be listed is listed
 * itself, with the reason.
 */
final class HadoopListing {
  private final FileSystem fileSystem;
  private final List<ListedFile> files = new ArrayList<>();

  private HadoopListing(FileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  /** The files at {@code root}, a directory or a single file, in no particular order. */
  static List<ListedFile> of(FileSystem fileSystem, Path root) throws IOException {
    HadoopListing listing = new HadoopListing(fileSystem);
    FileStatus status = fileSystem.getFileStatus(root);
    if (status.isDirectory()) {
      listing.visitAll(status.getPath());
    } else {
      listing.visit(status);
    }
    return listing.files;
  }

  private void visitAll(Path directory) throws IOException {
    RemoteIterator<FileStatus> children = fileSystem.listStatusIterator(directory);
    while (children.hasNext()) {
      visit(children.next());
    }
  }

  private void visit(FileStatus status) throws IOException {
    String name = status.getPath().toString();
    if (!status.isDirectory()) {
      files.add(ListedFile.of(name, status.getLen()));
      return;
    }
    try {
      visitAll(status.getPath());
    } catch (IOException e) {
      Failures.requireOfThisFile(e);
      files.add(
          ListedFile.unreadable(
              name + "/", "the directory cannot be listed: " + Failures.firstLine(e)));
    }
  }
}
