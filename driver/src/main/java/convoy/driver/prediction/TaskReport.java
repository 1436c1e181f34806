package convoy.driver.prediction;

import convoy.driver.monitoring.event.Thumbnail;
import convoy.driver.monitoring.event.UnreadableFile;
import convoy.worker.image.ImageShape;
import convoy.worker.image.JpegThumbnail;
import convoy.worker.prediction.Classification;
import convoy.worker.prediction.Prediction.Classified;
import convoy.worker.prediction.Prediction.Unreadable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What one task reports of its files. It keeps the pixels of the files worth a look meanwhile. */
final class TaskReport {
  private final TaskReports reports;
  private final ImageShape shape;
  private final Set<String> folderClasses;
  private final NavigableMap<Thumbnail, byte[]> surest = new TreeMap<>(Examples.SUREST);
  private final NavigableMap<Thumbnail, byte[]> leastSure = new TreeMap<>(Examples.LEAST_SURE);
  private final NavigableMap<Thumbnail, byte[]> wrong = new TreeMap<>(Examples.SUREST);
  private final SortedMap<String, NavigableSet<UnreadableFile>> unreadable = new TreeMap<>();
  private FileCount unreported = FileCount.NONE;

  /**
   * The report of a task that begins.
   *
   * @param shape of the pixels that the model is given
   * @param folderClasses the classes that folders may be named after; empty if that is not compared
   */
  TaskReport(TaskReports reports, ImageShape shape, Set<String> folderClasses) {
    this.reports = reports;
    this.shape = shape;
    this.folderClasses = folderClasses;
  }

  /**
   * A file was classified.
   *
   * @param planes its pixels as the model was given them
   */
  void add(Classified file, byte[] planes) {
    unreported = unreported.plus(new FileCount(1, 0));
    Classification classification = file.classification();
    if (Double.isNaN(classification.probability())) {
      return;
    }
    String actual = folderClass(file.path());
    Thumbnail shown =
        new Thumbnail(
            file.path(), classification.label(), classification.probability(), actual, "");
    keep(shown, planes, surest);
    keep(shown, planes, leastSure);
    if (actual != null && !actual.equals(classification.label())) {
      keep(shown, planes, wrong);
    }
  }

  private static void keep(
      Thumbnail shown, byte[] planes, NavigableMap<Thumbnail, byte[]> foremost) {
    foremost.put(shown, planes);
    if (foremost.size() > Examples.MOST_PICTURES) {
      foremost.pollLastEntry();
    }
  }

  /** A file could not be read. */
  void add(Unreadable file) {
    unreported = unreported.plus(new FileCount(1, 1));
    NavigableSet<UnreadableFile> foremost =
        unreadable.computeIfAbsent(file.reason().name(), reason -> new TreeSet<>(Examples.BY_PATH));
    foremost.add(new UnreadableFile(file.path(), file.sentence()));
    if (foremost.size() > Examples.MOST_UNREADABLE) {
      foremost.pollLast();
    }
  }

  /** The last folder of a path, if a class has its name: as {@link WrittenRows} has it. */
  private String folderClass(String path) {
    String[] parts = path.split("/", -1);
    String folder = parts.length > 1 ? parts[parts.length - 2] : "";
    return folderClasses.contains(folder) ? folder : null;
  }

  /** Reports the files that were added since it was last called. */
  void reportFiles() {
    reports.done().add(unreported);
    unreported = FileCount.NONE;
  }

  /**
   * Reports the files worth a look, at the end of the task: of one that failed, it counts nothing.
   */
  void reportExamples() {
    SortedMap<String, List<UnreadableFile>> files = new TreeMap<>();
    unreadable.forEach((reason, some) -> files.put(reason, List.copyOf(some)));
    Map<String, String> made = new HashMap<>();
    reports
        .examples()
        .add(
            new Examples(
                pictures(surest, made), pictures(leastSure, made), pictures(wrong, made), files));
  }

  /**
   * With their JPEG files, which are made of no more pictures than are shown.
   *
   * @param made files by path, for a picture may be in several groups
   */
  private List<Thumbnail> pictures(
      NavigableMap<Thumbnail, byte[]> foremost, Map<String, String> made) {
    return foremost.entrySet().stream()
        .map(
            entry -> {
              Thumbnail shown = entry.getKey();
              String jpeg = made.computeIfAbsent(shown.path(), path -> jpegUri(entry.getValue()));
              return new Thumbnail(
                  shown.path(), shown.label(), shown.probability(), shown.actual(), jpeg);
            })
        .toList();
  }

  private String jpegUri(byte[] planes) {
    return JpegThumbnail.uri(planes, shape);
  }
}
