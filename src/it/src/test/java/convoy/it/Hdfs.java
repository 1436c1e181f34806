package convoy.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The files of an HDFS, by absolute path or URI. */
final class Hdfs implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final FileSystem files;

  /** The HDFS that a folder with {@code core-site.xml} and {@code hdfs-site.xml} leads to. */
  Hdfs(java.nio.file.Path folder) throws IOException {
    Configuration configuration = new Configuration();
    for (String file : List.of("core-site.xml", "hdfs-site.xml")) {
      configuration.addResource(new Path(folder.resolve(file).toUri()));
    }
    files = FileSystem.newInstance(configuration);
  }

  /** The names in a folder, sorted. */
  List<String> names(String folder) throws IOException {
    return Arrays.stream(files.listStatus(new Path(folder)))
        .map(status -> status.getPath().getName())
        .sorted()
        .toList();
  }

  /** Waits, without a pause, until a name in a folder has a part. */
  void awaitName(String folder, String part) throws IOException {
    awaitName(folder, part, List.of());
  }

  /**
   * Waits, without a pause, until a name in a folder has a part.
   *
   * @param others names that are not meant
   * @return the first such name
   */
  String awaitName(String folder, String part, List<String> others) throws IOException {
    long start = System.nanoTime();
    while (true) {
      List<String> names = names(folder);
      Optional<String> found =
          names.stream().filter(name -> name.contains(part) && !others.contains(name)).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      if (System.nanoTime() - start > LIMIT.toNanos()) {
        throw new AssertionError("No name with '%s' in %s: %s".formatted(part, folder, names));
      }
    }
  }

  /** The bytes of a file. */
  byte[] bytes(String file) throws IOException {
    try (var in = files.open(new Path(file))) {
      return in.readAllBytes();
    }
  }

  /** The lines of a text file in UTF-8. */
  List<String> lines(String file) throws IOException {
    return new String(bytes(file), UTF_8).lines().toList();
  }

  /** Writes a file, and its folders where they are not there. */
  void write(String file, byte[] bytes) throws IOException {
    try (var out = files.create(new Path(file))) {
      out.write(bytes);
    }
  }

  /** Gives a folder another name in its parent. */
  void rename(String folder, String name) throws IOException {
    Path path = new Path(folder);
    if (!files.rename(path, new Path(path.getParent(), new Path(null, null, name)))) {
      throw new IOException("Cannot rename " + folder + " to " + name);
    }
  }

  /** Makes a folder. */
  void makeFolder(String folder) throws IOException {
    files.mkdirs(new Path(folder));
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
