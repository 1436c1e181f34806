package convoy.driver.files;

import convoy.driver.store.Failures;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All files in and below a directory of the local file system. Links are followed, except back to a
 * directory above. What is neither a file nor a directory, what cannot be looked at, and a
 * directory that cannot be listed are listed themselves, with the reason. The checksum file that
 * Hadoop keeps as {@code .NAME.crc} beside a file NAME is part of that file and is left out; a
 * {@code .crc} file beside nothing is a file like any other.
 */
final class LocalListing {
  private static final Pattern CHECKSUM_FILE = Pattern.compile("(.*/)[.]([^/]+)[.]crc");

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
      listing.visit(LocalFiles.location(root), root);
    }
    return listing.files;
  }

  /** What lies in the directory at a location, or the file there, in no particular order. */
  static List<DirectoryEntry> entries(String location) throws IOException {
    Path directory = LocalFiles.file(location);
    if (!Files.readAttributes(directory, BasicFileAttributes.class).isDirectory()) {
      return List.of(entry(location, directory));
    }
    List<DirectoryEntry> entries = new ArrayList<>();
    for (Map.Entry<String, Path> child : children(directory).entrySet()) {
      entries.add(entry(child.getKey(), child.getValue()));
    }
    return entries;
  }

  private static DirectoryEntry entry(String location, Path path) throws IOException {
    long length = Files.isRegularFile(path) ? Files.size(path) : 0;
    return new DirectoryEntry(location.replaceFirst("/$", ""), length, Files.isDirectory(path));
  }

  private void visitAll(BasicFileAttributes directory, Map<String, Path> children) {
    above.push(directory.fileKey());
    children.forEach(this::visit);
    above.pop();
  }

  private void visit(String location, Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isRegularFile()) {
        files.add(ListedFile.of(location, attributes.size()));
      } else if (!attributes.isDirectory()) {
        add(location, "it is no regular file but a pipe, a socket or a device");
      } else if (above.contains(attributes.fileKey())) {
        add(location, "it is a link to a directory that it lies in");
      } else {
        visitAll(attributes, children(path));
      }
    } catch (IOException e) {
      String kind =
          Files.isDirectory(path) ? "the directory cannot be listed" : "it cannot be looked at";
      add(location, kind + ": " + Failures.firstLine(e));
    }
  }

  private void add(String location, String problem) {
    files.add(ListedFile.unreadable(location, problem));
  }

  /** What lies in a directory, by location. */
  private static Map<String, Path> children(Path directory) throws IOException {
    Map<String, Path> children = new HashMap<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(child -> children.put(LocalFiles.location(child), child));
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Set<String> all = Set.copyOf(children.keySet());
    children.keySet().removeIf(location -> all.contains(checked(location)));
    return children;
  }

  /**
   * The file whose checksums a location would hold by its name; empty if by its name it holds none.
   */
  private static String checked(String location) {
    Matcher matcher = CHECKSUM_FILE.matcher(location);
    return matcher.matches() ? matcher.group(1) + matcher.group(2) : "";
  }
}
