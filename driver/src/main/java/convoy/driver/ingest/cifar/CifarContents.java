package convoy.driver.ingest.cifar;

import convoy.driver.data.ClassNames;
import convoy.driver.failure.Shown;
import convoy.driver.files.FileListing;
import convoy.driver.ingest.picture.Refusal;
import convoy.driver.ingest.picture.Utf8Text;
import convoy.driver.ingest.tar.TarArchive;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/** What lies in a folder or an archive of CIFAR-10 or CIFAR-100: names and sizes, no pixels. */
final class CifarContents implements Serializable {
  private static final long serialVersionUID = 1L;

  /** More than a hundred names need; what is longer is some other file. */
  private static final int MOST_NAME_BYTES = 64 << 10;

  private final ArrayList<String> paths = new ArrayList<>();
  private final ArrayList<String> locations = new ArrayList<>();
  private final ArrayList<Long> lengths = new ArrayList<>();
  private String names = "";

  /**
   * A file of records.
   *
   * @param path its full name, or its path in the archive
   * @param location where it lies; empty in an archive
   * @param bytes its length
   */
  record RecordsFile(String path, String location, long bytes) {
    /** The last part of its path. */
    String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }

  /** The contents of an archive, which is read whole. */
  static CifarContents of(String location, Configuration configuration, CifarLayout layout)
      throws IOException {
    CifarContents contents = new CifarContents();
    try (InputStream in = FileListing.open(configuration, location)) {
      new TarArchive(FileListing.path(location))
          .read(
              in,
              (path, content) -> {
                String name = path.substring(path.lastIndexOf('/') + 1);
                if (name.equals(layout.namesFile())) {
                  contents.addNames(FileListing.path(location) + "/" + path, content);
                } else if (layout.split(name).isPresent()) {
                  contents.addRecords(
                      path, "", content.transferTo(OutputStream.nullOutputStream()));
                }
                return true;
              });
    }
    return contents;
  }

  /** Adds a file of records. */
  void addRecords(String path, String location, long bytes) {
    paths.add(path);
    locations.add(location);
    lengths.add(bytes);
  }

  /** Takes the text of the file of class names, which messages call {@code path}. */
  void addNames(String path, InputStream in) throws IOException {
    names =
        Utf8Text.of(in.readNBytes(MOST_NAME_BYTES))
            .orElseThrow(
                () -> Refusal.of(path, "it is not UTF-8 (write the class names in UTF-8)"));
  }

  /** The files of records, in no particular order. */
  List<RecordsFile> files() {
    return IntStream.range(0, paths.size())
        .mapToObj(i -> new RecordsFile(paths.get(i), locations.get(i), lengths.get(i)))
        .toList();
  }

  /**
   * The names of the classes in label order. Spaces around a name and blank lines at the end do not
   * count.
   *
   * @throws convoy.driver.failure.UserException if they are missing, or not as many different ones
   *     as the layout has classes
   */
  List<String> classNames(CifarLayout layout, String source) {
    List<String> lines = ClassNames.lines(names);
    if (lines.isEmpty()) {
      throw Refusal.of(
          source,
          "it has no %s (put one there, with the %d class names in label order, one per line)",
          layout.namesFile(),
          layout.classes());
    }
    Optional<String> obstacle = ClassNames.obstacle(lines, layout.classes());
    if (obstacle.isPresent()) {
      throw Refusal.of(
          source + "/" + layout.namesFile(),
          "%s (it must hold %d different names, one per line)",
          Shown.name(obstacle.get()),
          layout.classes());
    }
    return lines;
  }
}
