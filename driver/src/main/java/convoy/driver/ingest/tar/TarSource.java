package convoy.driver.ingest.tar;

import convoy.driver.cluster.SparkLabels;
import convoy.driver.files.DirectoryEntry;
import convoy.driver.files.FileListing;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Tar archives in WebDataset's layout: one, or several in a folder or in the folders of splits. An
 * archive's split is that of its folder, or the first word of its name, as in {@code
 * train-0001.tar}. Records are in the order of the archives' names, and within one in its own.
 */
public final class TarSource {
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
    List<Archive> archives = new ArrayList<>();
    for (DirectoryEntry entry : FileListing.in(spark.hadoopConfiguration(), location)) {
      if (!entry.isDirectory()) {
        addArchive(archives, entry, SplitWords.ofFirstWord(entry.name()));
        continue;
      }
      Optional<Split> split = SplitWords.of(entry.name());
      if (split.isPresent()) {
        for (DirectoryEntry file : FileListing.in(spark.hadoopConfiguration(), entry.location())) {
          addArchive(archives, file, split);
        }
      }
    }
    if (archives.isEmpty()) {
      throw Refusal.of(
          source, "it holds no .tar, .tar.gz or .tgz (give some, or give another --kind)");
    }
    requireSplitsOfAllOrNone(archives);
    return found(archives, contents(archives));
  }

  private static void addArchive(
      List<Archive> archives, DirectoryEntry file, Optional<Split> split) {
    boolean named = FileNames.isArchive(file.name()) && !Leftovers.isOne(file.name());
    if (named && !file.isDirectory()) {
      archives.add(new Archive(file.location(), split));
    }
  }

  private void requireSplitsOfAllOrNone(List<Archive> archives) {
    List<Archive> without = archives.stream().filter(archive -> archive.split().isEmpty()).toList();
    if (!without.isEmpty() && without.size() < archives.size()) {
      throw Refusal.of(
          source,
          "%s belongs to no split, but others do by their names or folders (begin every name with"
              + " %s, or none)",
          without.get(0).path(),
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
            archives.get(0).path(),
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
