package convoy.driver.ingest.tar;

import convoy.driver.cluster.SparkLabels;
import convoy.driver.failure.Shown;
import convoy.driver.files.FileListing;
import convoy.driver.files.ListedFile;
import convoy.driver.ingest.picture.Attempted;
import convoy.driver.ingest.picture.ClassCounts;
import convoy.driver.ingest.picture.ClassLabels;
import convoy.driver.ingest.picture.FileNames;
import convoy.driver.ingest.picture.FoundPictures;
import convoy.driver.ingest.picture.Leftovers;
import convoy.driver.ingest.picture.PictureTask;
import convoy.driver.ingest.picture.Refusal;
import convoy.driver.ingest.picture.SplitWords;
import convoy.worker.image.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tar archives in WebDataset's layout: one, or all in and below a folder. An archive's split is
 * that of the first folder on its path that is called by one, or the first word of its name, as in
 * {@code train-0001.tar}. Records are in the order of the archives' paths, and within one in its
 * own.
 */
public final class TarSource {
  private static final Logger LOG = LoggerFactory.getLogger(TarSource.class);

  private final JavaSparkContext spark;
  private final String source;

  /** Reads {@code source}, as the user named it. */
  public TarSource(JavaSparkContext spark, String source) {
    this.spark = spark;
    this.source = source;
  }

  private record Archive(String location, Optional<Split> split) {
    String path() {
      return FileListing.path(location);
    }
  }

  /**
   * The samples of the archives at a location, all of which are looked into first.
   *
   * @throws convoy.driver.failure.UserException if one is damaged or not in WebDataset's layout
   */
  public FoundPictures find(String location) throws IOException {
    List<Archive> archives = archives(location);
    if (archives.isEmpty()) {
      throw Refusal.of(
          source, "it holds no .tar, .tar.gz or .tgz (give some, or give another --kind)");
    }
    requireSplitsOfAllOrNone(archives);
    List<TarContents> contents = contents(archives);
    warnOfFurtherPictures(contents);
    return found(archives, contents);
  }

  private List<Archive> archives(String location) throws IOException {
    List<Archive> archives = new ArrayList<>();
    List<String> pictures = new ArrayList<>();
    String root = FileListing.path(location);
    for (ListedFile file : FileListing.below(spark.hadoopConfiguration(), location)) {
      String below = file.path().substring(root.length());
      if (Leftovers.contain(file, location)) {
        continue;
      }
      if (!file.problem().isEmpty()) {
        throw Refusal.of(
            source,
            "%s: %s (make it readable, or move it to another place)",
            Shown.path(file.path()),
            file.problem());
      }
      if (FileNames.isArchive(file.path())) {
        String path = below.isEmpty() ? root.substring(root.lastIndexOf('/')) : below;
        archives.add(new Archive(file.location(), split(path)));
      } else if (FileNames.isPicture(below)) {
        pictures.add(file.path());
      }
    }
    if (!pictures.isEmpty()) {
      LOG.warn(
          "Passed over {} pictures that lie in no archive, the first {} (give --kind folders to import them instead)",
          pictures.size(),
          Shown.path(pictures.get(0)));
    }
    return archives;
  }

  /** The split of the first folder that is called by one, or else of the archive's own name. */
  private static Optional<Split> split(String path) {
    int name = path.lastIndexOf('/') + 1;
    return Arrays.stream(path.substring(0, name).split("/"))
        .flatMap(folder -> SplitWords.of(folder).stream())
        .findFirst()
        .or(() -> SplitWords.ofFirstWord(path.substring(name)));
  }

  private static void warnOfFurtherPictures(List<TarContents> contents) {
    long count = contents.stream().mapToLong(TarContents::passedOver).sum();
    if (count > 0) {
      LOG.warn(
          "Passed over {} pictures in archives, whose names have further dots, the first {} (the name of a sample ends at its first dot)",
          count,
          contents.stream()
              .map(TarContents::firstPassedOver)
              .filter(path -> !path.isEmpty())
              .findFirst()
              .map(Shown::path)
              .orElseThrow());
    }
  }

  private void requireSplitsOfAllOrNone(List<Archive> archives) {
    List<Archive> without = archives.stream().filter(archive -> archive.split().isEmpty()).toList();
    if (!without.isEmpty() && without.size() < archives.size()) {
      throw Refusal.of(
          source,
          "%s belongs to no split, but others do by their names or folders (begin every name with"
              + " %s, or none)",
          Shown.path(without.get(0).path()),
          SplitWords.ALL);
    }
  }

  private List<TarContents> contents(List<Archive> archives) {
    SparkLabels.describe(spark, "look into %d archives".formatted(archives.size()));
    SerializableConfiguration configuration =
        new SerializableConfiguration(spark.hadoopConfiguration());
    List<String> locations = archives.stream().map(Archive::location).toList();
    List<TarContents> contents =
        Attempted.values(
            spark
                .parallelize(locations, locations.size())
                .map(
                    location ->
                        Attempted.at(
                            FileListing.path(location),
                            () -> TarContents.of(location, configuration.value())))
                .collect());
    for (int i = 1; i < contents.size(); i++) {
      if (!contents.get(i).suffix().equals(contents.get(0).suffix())) {
        throw Refusal.of(
            archives.get(i).path(),
            "its labels are in .%s files, but those of %s in .%s files (use one of the two for"
                + " all)",
            contents.get(i).suffix(),
            Shown.path(archives.get(0).path()),
            contents.get(0).suffix());
      }
    }
    return contents;
  }

  private static FoundPictures found(List<Archive> archives, List<TarContents> contents) {
    Set<String> names = new TreeSet<>();
    contents.forEach(archive -> names.addAll(archive.labels()));
    List<String> classNames = List.copyOf(names);
    Map<String, Integer> labels = ClassLabels.of(classNames);
    ClassCounts listed = new ClassCounts(classNames.size());
    Set<Split> given = EnumSet.noneOf(Split.class);
    List<PictureTask> tasks = new ArrayList<>();
    for (int i = 0; i < contents.size(); i++) {
      Split split = archives.get(i).split().orElse(Split.TRAINING);
      given.add(split);
      List<Long> counts = contents.get(i).counts();
      long pictures = 0;
      for (int k = 0; k < counts.size(); k++) {
        listed.add(split, labels.get(contents.get(i).labels().get(k)), counts.get(k));
        pictures += counts.get(k);
      }
      tasks.add(new TarTask(archives.get(i).location(), split, pictures));
    }
    return new FoundPictures(classNames, given, listed, tasks);
  }
}
