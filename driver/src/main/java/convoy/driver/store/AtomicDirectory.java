package convoy.driver.store;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Options.CreateOpts;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes a directory whole or not at all: it is written under a hidden name beside its target
 * and renamed once. The rename never overwrites and never moves into an existing directory. On
 * object stores a rename copies file by file; there it is not atomic.
 */
public final class AtomicDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(AtomicDirectory.class);
  private static final String TEMPORARY = ".convoy-tmp-";

  /** Writes the files of the directory. */
  @FunctionalInterface
  public interface Content {
    /** Writes into {@code directory}, which exists and is empty. */
    void writeTo(FileContext files, Path directory) throws IOException;
  }

  private AtomicDirectory() {}

  /**
   * Refuses a target that exists. Called before long work, so that it fails early.
   *
   * @param purpose names the target in the message, for instance {@code the model}
   * @throws UserException if the target exists, or cannot be looked at
   */
  public static void requireAbsent(Configuration configuration, Path target, String purpose) {
    if (Locations.reach(target, () -> files(configuration, target).util().exists(target))) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot write %s to %s: it exists already (choose another place, or give --overwrite)"
              .formatted(purpose, target));
    }
  }

  /**
   * Writes {@code content} and gives it its name. An existing target is replaced only if {@code
   * overwrite}; the old one stays until the new one is complete.
   *
   * @throws IOException if writing or renaming fails; then the target is as it was, and nothing
   *     else is left where the file system still answers, not even directories above it
   */
  public static void publish(
      Configuration configuration, Path target, boolean overwrite, Content content)
      throws IOException {
    FileContext files = files(configuration, target);
    Path temporary = hiddenSibling(target);
    NewDirectories above = NewDirectories.downTo(configuration, temporary.getParent());
    files.mkdir(temporary, null, true);
    try {
      content.writeTo(files, temporary);
      if (overwrite && files.util().exists(target)) {
        replace(files, temporary, target);
      } else {
        files.rename(temporary, target, Rename.NONE);
      }
    } catch (Throwable e) {
      // Spark's exceptions are checked, and Scala does not declare them.
      deleteAfter(e, files, temporary);
      deleteAfter(e, above);
      throw e;
    }
  }

  /**
   * Proves by a file that one can be written into a directory or, if it does not exist, into the
   * nearest one above it that does. Nothing of it is left.
   */
  public static void requireWritable(Configuration configuration, Path directory)
      throws IOException {
    FileContext files = files(configuration, directory);
    Path existing = NewDirectories.nearestExisting(files, directory);
    if (!files.getFileStatus(existing).isDirectory()) {
      throw new ParentNotDirectoryException(existing + " is not a directory");
    }
    Path probe = hiddenSibling(new Path(existing, "probe"));
    write(files, probe, new byte[0]);
    files.delete(probe, false);
  }

  /** Deletes what publishers that were killed left in {@code parent}. */
  public static void deleteLeftovers(Configuration configuration, Path parent) throws IOException {
    deleteNamed(configuration, parent, name -> name.contains(TEMPORARY));
  }

  /**
   * Deletes what publishers that were killed left of {@code target}, once it is there: until then
   * it may be the only copy of the one that was to be replaced. Others may write beside it. What
   * cannot be deleted is named in the log.
   */
  public static void deleteLeftoversOf(Configuration configuration, Path target) {
    try {
      deleteNamed(configuration, target.getParent(), name -> name.startsWith(hiddenName(target)));
    } catch (IOException e) {
      // What was to be written is there.
      LOG.warn(
          "Cannot delete what a command that was killed has left beside {}: {} (delete .{}.* there)",
          target,
          Failures.firstLine(e),
          target.getName());
    }
  }

  private static void deleteNamed(
      Configuration configuration, Path parent, Predicate<String> isLeftover) throws IOException {
    FileContext files = files(configuration, parent);
    if (!files.util().exists(parent)) {
      return;
    }
    for (var status : files.util().listStatus(parent)) {
      if (isLeftover.test(status.getPath().getName())) {
        files.delete(status.getPath(), true);
      }
    }
  }

  /** Writes one file of a directory that is being published. */
  public static void write(FileContext files, Path file, byte[] bytes) throws IOException {
    try (var out = create(files, file)) {
      out.write(bytes);
    }
  }

  /** Opens a file of a directory that is being published, to write it. */
  static OutputStream create(FileContext files, Path file) throws IOException {
    return files.create(
        file, EnumSet.of(CreateFlag.CREATE, CreateFlag.OVERWRITE), CreateOpts.createParent());
  }

  /** Writes one file whole or not at all, over an older version of it. */
  public static void replaceFile(Configuration configuration, Path target, byte[] bytes)
      throws IOException {
    FileContext files = files(configuration, target);
    Path temporary = hiddenSibling(target);
    try {
      write(files, temporary, bytes);
      files.rename(temporary, target, Rename.OVERWRITE);
    } catch (IOException e) {
      deleteAfter(e, files, temporary);
      throw e;
    }
  }

  /** The file system of {@code path}. */
  static FileContext files(Configuration configuration, Path path) throws IOException {
    return FileContext.getFileContext(path.toUri(), configuration);
  }

  private static void replace(FileContext files, Path fresh, Path target) throws IOException {
    Path old = hiddenSibling(target);
    files.rename(target, old, Rename.NONE);
    try {
      files.rename(fresh, target, Rename.NONE);
    } catch (IOException e) {
      files.rename(old, target, Rename.NONE);
      throw e;
    }
    files.delete(old, true);
  }

  /** Deletes a temporary; what that meets is no more than a note on the first failure. */
  private static void deleteAfter(Throwable failure, FileContext files, Path temporary) {
    try {
      files.delete(temporary, true);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static void deleteAfter(Throwable failure, NewDirectories directories) {
    try {
      directories.deleteEmpty();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static Path hiddenSibling(Path target) {
    return new Path(target.getParent(), hiddenName(target) + UUID.randomUUID());
  }

  private static String hiddenName(Path target) {
    return "." + target.getName() + TEMPORARY;
  }
}
