package convoy.driver.files;

import convoy.driver.store.Locations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Lists the files of a directory on any Hadoop file system. Places are locations as {@link
 * ListedFile} has them, so that no name is lost on the local file system, whatever bytes it holds.
 */
public final class FileListing {
  private FileListing() {}

  /**
   * The location of a Hadoop URI.
   *
   * @throws convoy.driver.failure.UserException if it is no URI, or there is no such file system
   */
  public static String location(Configuration configuration, String uri) {
    Path qualified = Locations.qualified(configuration, uri);
    return "file".equals(qualified.toUri().getScheme())
        ? LocalFiles.location(qualified.toUri().getPath())
        : qualified.toString();
  }

  /**
   * All files in and below a directory but {@link OwnFiles#MARK}, or the one file, in the order of
   * their locations.
   *
   * @throws IOException if there is nothing, or the directory cannot be listed
   */
  public static List<ListedFile> below(Configuration configuration, String location)
      throws IOException {
    List<ListedFile> files =
        LocalFiles.isLocal(location)
            ? LocalListing.of(LocalFiles.file(location))
            : HadoopListing.of(new Path(location).getFileSystem(configuration), new Path(location));
    return files.stream()
        .filter(file -> !file.location().endsWith("/" + OwnFiles.MARK))
        .sorted(Comparator.comparing(ListedFile::location))
        .toList();
  }

  /**
   * What lies in a directory, in the order of the locations; links are followed.
   *
   * @return the one file itself if the location is no directory
   * @throws IOException if there is nothing, or the directory cannot be listed
   */
  public static List<DirectoryEntry> in(Configuration configuration, String location)
      throws IOException {
    List<DirectoryEntry> entries =
        LocalFiles.isLocal(location)
            ? LocalListing.entries(location)
            : entries(new Path(location), configuration);
    return entries.stream().sorted(Comparator.comparing(DirectoryEntry::location)).toList();
  }

  /** The full name of the file at a location, as rows and messages have it. */
  public static String path(String location) {
    return ListedFile.of(location, 0).path();
  }

  /** Opens the file at a location. */
  public static InputStream open(Configuration configuration, String location) throws IOException {
    if (LocalFiles.isLocal(location)) {
      return Files.newInputStream(LocalFiles.file(location));
    }
    Path path = new Path(location);
    return path.getFileSystem(configuration).open(path);
  }

  private static List<DirectoryEntry> entries(Path directory, Configuration configuration)
      throws IOException {
    FileSystem fileSystem = directory.getFileSystem(configuration);
    List<DirectoryEntry> entries = new ArrayList<>();
    for (FileStatus status : fileSystem.listStatus(directory)) {
      entries.add(
          new DirectoryEntry(status.getPath().toString(), status.getLen(), status.isDirectory()));
    }
    return entries;
  }
}
