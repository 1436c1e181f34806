package convoy.driver.ingest.cifar;

import convoy.driver.cluster.SparkLabels;
import convoy.driver.failure.Shown;
import convoy.driver.files.DirectoryEntry;
import convoy.driver.files.FileListing;
import convoy.driver.ingest.picture.Attempted;
import convoy.driver.ingest.picture.ClassCounts;
import convoy.driver.ingest.picture.FoundPictures;
import convoy.driver.ingest.picture.PictureTask;
import convoy.driver.ingest.picture.Refusal;
import convoy.worker.image.Split;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/** The binary version of CIFAR-10 or CIFAR-100: the archive, or the folder that it unpacks to. */
public final class CifarSource {
  private final JavaSparkContext spark;
  private final String source;
  private final CifarLayout layout;

  /** Reads {@code source}, as the user named it. */
  public CifarSource(JavaSparkContext spark, String source, CifarLayout layout) {
    this.spark = spark;
    this.source = source;
    this.layout = layout;
  }

  /**
   * The records at a location, file by file in the order of their names.
   *
   * @throws convoy.driver.failure.UserException if a file is missing or damaged
   */
  public FoundPictures find(String location) throws IOException {
    Configuration configuration = spark.hadoopConfiguration();
    List<DirectoryEntry> entries = FileListing.in(configuration, location);
    boolean archive = entries.size() == 1 && entries.get(0).location().equals(location);
    CifarContents contents = archive ? ofArchive(location) : ofFolder(configuration, entries);
    List<PictureTask> tasks = new ArrayList<>();
    Set<Split> given = EnumSet.noneOf(Split.class);
    for (CifarContents.RecordsFile file : files(contents)) {
      String path = (archive ? FileListing.path(location) + "/" : "") + file.path();
      long records = new CifarRecords(layout, path).count(file.bytes());
      Split split = layout.split(file.name()).orElseThrow();
      given.add(split);
      tasks.add(
          archive
              ? new CifarTask(location, file.path(), layout, split, records)
              : new CifarTask(file.location(), "", layout, split, records));
    }
    if (!given.contains(Split.TRAINING)) {
      throw Refusal.of(source, "it holds no training images (add %s)", layout.trainingFile());
    }
    return new FoundPictures(
        contents.classNames(layout, source), given, new ClassCounts(layout.classes()), tasks);
  }

  private CifarContents ofArchive(String location) {
    SparkLabels.describe(spark, "look into " + source);
    SerializableConfiguration configuration =
        new SerializableConfiguration(spark.hadoopConfiguration());
    CifarLayout wanted = layout;
    return Attempted.values(
            spark
                .parallelize(List.of(location), 1)
                .map(
                    archive ->
                        Attempted.at(
                            FileListing.path(archive),
                            () -> CifarContents.of(archive, configuration.value(), wanted)))
                .collect())
        .get(0);
  }

  private CifarContents ofFolder(Configuration configuration, List<DirectoryEntry> entries)
      throws IOException {
    CifarContents contents = new CifarContents();
    for (DirectoryEntry entry : entries) {
      if (entry.name().equals(layout.namesFile())) {
        try (InputStream in = FileListing.open(configuration, entry.location())) {
          contents.addNames(FileListing.path(entry.location()), in);
        }
      } else if (layout.split(entry.name()).isPresent()) {
        contents.addRecords(FileListing.path(entry.location()), entry.location(), entry.length());
      }
    }
    return contents;
  }

  /** The files in the order of their names, none of which may be there twice. */
  private List<CifarContents.RecordsFile> files(CifarContents contents) {
    List<CifarContents.RecordsFile> files =
        contents.files().stream()
            .sorted(Comparator.comparing(CifarContents.RecordsFile::name))
            .toList();
    if (files.isEmpty()) {
      throw Refusal.of(
          source,
          "it holds no .bin files (give the binary version of %s, or the folder in which %s lies)",
          layout.setName(),
          layout.trainingFile());
    }
    for (int i = 1; i < files.size(); i++) {
      if (files.get(i).name().equals(files.get(i - 1).name())) {
        throw Refusal.of(
            source, "it holds two files named %s (keep one)", Shown.name(files.get(i).name()));
      }
    }
    return files;
  }
}
