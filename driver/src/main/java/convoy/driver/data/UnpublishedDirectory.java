package convoy.driver.data;

import convoy.driver.files.OwnFiles;
import convoy.driver.store.Locations;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A directory that is being written, under a hidden name until {@link OutputDirectory} publishes
 * it. Tasks may write files into it from wherever they run. A task that is tried twice leaves two
 * files, so each attempt gives its file a name of its own; then the driver gives one of them the
 * name that it keeps, and deletes the others.
 */
public final class UnpublishedDirectory {
  private final FileSystem fileSystem;
  private final Path path;

  /** The directory {@code path}, on that file system. */
  public UnpublishedDirectory(FileSystem fileSystem, Path path) {
    this.fileSystem = fileSystem;
    this.path = path;
  }

  /** Where it is now; tasks open it there. */
  public Path path() {
    return path;
  }

  /** A new file under a relative path, whose folders are created with it. */
  public OutputStream create(String relativePath) throws IOException {
    Path file = resolve(relativePath);
    return fileSystem instanceof LocalFileSystem local
        ? createLocal(local.pathToFile(file).toPath())
        : fileSystem.create(file, false);
  }

  /** Marks a directory of pictures as one that Convoy wrote, which it may replace. */
  public void mark() throws IOException {
    try (OutputStream out = create(OwnFiles.MARK)) {
      out.write(OwnFiles.markContent());
    }
  }

  /** Gives a file another relative path, which no file has yet; its folders are created with it. */
  public void rename(String name, String newName) throws IOException {
    // HDFS does not create them, as the local file system does.
    raw().mkdirs(resolve(newName).getParent());
    if (!raw().rename(resolve(name), resolve(newName))) {
      throw new IOException("%s cannot be renamed to %s in %s".formatted(name, newName, path));
    }
  }

  /** Deletes a file, or a folder with what is in it. */
  public void delete(String name) throws IOException {
    raw().delete(resolve(name), true);
  }

  /** Deletes the files and folders directly in this directory whose names are not among these. */
  public void deleteAllBut(Set<String> names) throws IOException {
    for (FileStatus status : raw().listStatus(path)) {
      if (!names.contains(status.getPath().getName())) {
        raw().delete(status.getPath(), true);
      }
    }
  }

  private Path resolve(String relativePath) {
    return new Path(path, relativePath);
  }

  private FileSystem raw() {
    return Locations.withoutChecksums(fileSystem);
  }

  /**
   * Hadoop starts a chmod process for every local file where it lacks its native library, and
   * writes a checksum file beside it.
   */
  private static OutputStream createLocal(java.nio.file.Path file) throws IOException {
    Files.createDirectories(file.getParent());
    return new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
  }
}
