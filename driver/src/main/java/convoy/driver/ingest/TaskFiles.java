package convoy.driver.ingest;

import convoy.driver.data.RecordLayout;
import convoy.driver.data.UnpublishedDirectory;
import convoy.driver.failure.Shown;
import convoy.driver.ingest.picture.Picture;
import convoy.driver.ingest.table.CsvFile;
import convoy.worker.image.Split;
import convoy.worker.image.decoding.UnreadableImageException;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files that one attempt of a task writes, in a directory of its own: records for each split,
 * and the tables {@code pictures}, one row per record in their order, and {@code rejected}.
 */
final class TaskFiles implements Closeable {
  /** The name of the table of what is in the set, and of the folder that holds its parts. */
  static final String PICTURES = "pictures";

  /** The name of the table of what could not be read, and of the folder that holds its parts. */
  static final String REJECTED = "rejected";

  private final UnpublishedDirectory set;
  private final String directory;
  private final RecordLayout layout;
  private final List<String> classNames;
  private final Map<Split, PartFile> parts = new EnumMap<>(Split.class);
  private final List<String> rejectedCodes = new ArrayList<>();
  private final Map<RejectedClass.Place, RejectedClass> rejectedClasses = new LinkedHashMap<>();
  private CsvFile pictures;
  private CsvFile rejected;

  TaskFiles(
      UnpublishedDirectory set, String directory, RecordLayout layout, List<String> classNames) {
    this.set = set;
    this.directory = directory;
    this.layout = layout;
    this.classNames = classNames;
  }

  /** The name of a split's records in the directory of an attempt. */
  static String records(Split split) {
    return split.word() + ".bin";
  }

  /** The name of a table in the directory of an attempt. */
  static String table(String name) {
    return name + ".csv";
  }

  /** Writes the record and the row of a picture. */
  void add(Picture picture, Split split, byte[] sha256, byte[] pixels) throws IOException {
    PartFile part = parts.get(split);
    if (part == null) {
      part = new PartFile(split, layout, set.create(directory + "/" + records(split)));
      parts.put(split, part);
    }
    part.write(picture.label(), pixels);
    if (pictures == null) {
      pictures = table(PICTURES, "path", "class", "split", "sha256");
    }
    pictures.add(
        picture.path(),
        classNames.get(picture.label()),
        split.word(),
        HexFormat.of().formatHex(sha256));
  }

  /** Writes the row of a picture that cannot be read. */
  void reject(Picture picture, UnreadableImageException reason) throws IOException {
    if (rejected == null) {
      rejected = table(REJECTED, "path", "error");
    }
    String error = reason.reason() + ": " + reason.getMessage();
    rejected.add(picture.path(), error);
    rejectedCodes.add(reason.reason().name());
    RejectedClass.Place place = new RejectedClass.Place(picture.label(), picture.given());
    rejectedClasses.merge(
        place,
        new RejectedClass(place, 1, Shown.path(picture.path()) + ", " + error),
        RejectedClass::plus);
  }

  private CsvFile table(String name, String... columns) throws IOException {
    return new CsvFile(set.create(directory + "/" + table(name)), columns);
  }

  @Override
  public void close() throws IOException {
    for (PartFile part : parts.values()) {
      part.close();
    }
    if (pictures != null) {
      pictures.close();
    }
    if (rejected != null) {
      rejected.close();
    }
  }

  /** What was written, once the files are closed. */
  TaskReport report(int number) {
    return new TaskReport(
        number,
        directory,
        parts.values().stream().map(PartFile::report).toList(),
        rejectedCodes,
        List.copyOf(rejectedClasses.values()));
  }
}
