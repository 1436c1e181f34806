package convoy.driver.prediction;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All files in and below a directory of the local file system. Links are followed, except back to a
 * directory above. What is neither a file nor a directory, what cannot be looked at, and a
 * directory that cannot be listed are listed themselves, with the reason. The checksum file that
 * Hadoop keeps as {@code .NAME.crc} beside a file NAME is part of that file and is left out; a
 * {@code .crc} file beside nothing is a file like any other.
 */
final class LocalListing {
  private static final String CHECKSUM_SUFFIX = ".crc";

  private final List<ListedFile> files = new ArrayList<>();
  private final Deque<Object> above = new ArrayDeque<>();

  private LocalListing() {}

  /** The files at {@code root}, a directory or a single file, in no particular order. */
  static List<ListedFile> of(Path root) throws IOException {
    LocalListing listing = new LocalListing();
    BasicFileAttributes attributes = Files.readAttributes(root, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      listing.visitAll(attributes, children(root));
    } else {
      listing.visit(root);
    }
    return listing.files;
  }

  private void visitAll(BasicFileAttributes directory, List<Path> children) {
    above.push(directory.fileKey());
    children.forEach(this::visit);
    above.pop();
  }

  private void visit(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isRegularFile()) {
        files.add(ListedFile.of(LocalFiles.location(path), attributes.size()));
      } else if (!attributes.isDirectory()) {
        add(path, "it is no regular file but a pipe, a socket or a device");
      } else if (above.contains(attributes.fileKey())) {
        add(path, "it is a link to a directory that it lies in");
      } else {
        visitAll(attributes, children(path));
      }
    } catch (IOException e) {
      String kind =
          Files.isDirectory(path) ? "the directory cannot be listed" : "it cannot be looked at";
      add(path, kind + ": " + Failures.firstLine(e));
    }
  }

  private void add(Path path, String problem) {
    files.add(ListedFile.unreadable(LocalFiles.location(path), problem));
  }

  private static List<Path> children(Path directory) throws IOException {
    Set<Path> children = new HashSet<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(children::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return children.stream().filter(child -> !isChecksumOf(child, children)).toList();
  }

  private static boolean isChecksumOf(Path child, Set<Path> children) {
    String name = child.getFileName().toString();
    return name.startsWith(".")
        && name.length() > 1 + CHECKSUM_SUFFIX.length()
        && name.endsWith(CHECKSUM_SUFFIX)
        && children.contains(
            child.resolveSibling(name.substring(1, name.length() - CHECKSUM_SUFFIX.length())));
  }
}
