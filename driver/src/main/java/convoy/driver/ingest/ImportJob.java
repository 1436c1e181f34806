package convoy.driver.ingest;

import convoy.driver.cluster.ExecutorSlots;
import convoy.driver.cluster.SparkLabels;
import convoy.driver.data.OutputDirectory;
import convoy.driver.data.UnpublishedDirectory;
import convoy.driver.failure.UserException;
import convoy.driver.files.FileListing;
import convoy.driver.ingest.cifar.CifarLayout;
import convoy.driver.ingest.cifar.CifarSource;
import convoy.driver.ingest.folders.FolderSource;
import convoy.driver.ingest.picture.Attempted;
import convoy.driver.ingest.picture.FoundPictures;
import convoy.driver.ingest.table.TableSource;
import convoy.driver.ingest.tar.TarSource;
import convoy.driver.progress.CountProgress;
import convoy.driver.store.OutputSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an image set of pictures and their classes:
 *
 * <pre>
 * check the output, recognise what the source is
 * find its classes and pictures, check what names and numbers tell
 * each task: read, decode, choose the split, write records and tables
 * check what reading has told
 * keep the files of the attempts that succeeded, find the copies, describe the set, publish it
 * </pre>
 *
 * The records are in the order of (split, place in the source), whatever the cluster is. Only names
 * and counts come to the driver. What is killed or fails leaves nothing that can be seen.
 */
public final class ImportJob {
  private static final Logger LOG = LoggerFactory.getLogger(ImportJob.class);

  private final SparkSession session;
  private final JavaSparkContext spark;
  private final ImportSpec spec;
  private final OutputSpec output;

  /** A job on that cluster. Nothing runs yet. */
  public ImportJob(SparkSession session, ImportSpec spec, OutputSpec output) {
    this.session = session;
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.spec = spec;
    this.output = output;
  }

  /**
   * Checks what can be checked without a cluster.
   *
   * @throws UserException if the source is missing or not recognised, the settings do not fit it,
   *     or the output exists and is not to be replaced
   */
  public static void require(Configuration hadoop, ImportSpec spec, OutputSpec output) {
    ImportStart.of(hadoop, spec, output);
  }

  /**
   * Makes the set; its directory appears whole or not at all.
   *
   * @throws UserException if the source is missing, damaged or no image set, if a class or a split
   *     lacks images, if more pictures than {@code import.max-rejected-share} could not be read, or
   *     if the output exists and is not to be replaced, or cannot be written
   */
  public ImportSummary run() {
    ImportStart start = ImportStart.of(spark.hadoopConfiguration(), spec, output);
    ImportPlan plan = start.plan();
    OutputDirectory directory = start.directory();
    try {
      FoundPictures found = find(start);
      SourceCheck.requireApartFrom(
          FileListing.location(spark.hadoopConfiguration(), output.path()), found);
      LOG.info(
          String.format(
              Locale.ROOT,
              "Importing %,d pictures of %,d classes from %s (%s)",
              found.pictures(),
              found.classNames().size(),
              spec.from(),
              start.kind().word()));
      new SplitPreview(spark, found, spec, plan).require();
      return directory.publish(
          files -> {
            List<TaskReport> reports = importPictures(found, plan, files);
            ImportedSet set = new ImportedSet(directory.location(), found, plan, reports);
            set.require(spec);
            set.keepFiles(files);
            SparkLabels.describe(spark, "find copies");
            Copies copies = CopiesTable.write(session, files);
            set.describe(spec, start.kind(), copies, files);
            return set.summary(copies);
          });
    } catch (IOException e) {
      throw ImportStart.failure(spec, output, e);
    }
  }

  /** What the source holds, refused if it cannot become an image set. */
  private FoundPictures find(ImportStart start) throws IOException {
    Optional<TableBesideFolders> table =
        spec.kind() == ImportKind.AUTO && start.kind() == ImportKind.FOLDERS
            ? TableBesideFolders.in(spark.hadoopConfiguration(), start.location())
            : Optional.empty();
    try {
      FoundPictures found = find(start.kind(), start.location());
      SourceCheck.require(found, spec);
      table.ifPresent(passedOver -> LOG.warn("Importing folders alone: {}", passedOver.note()));
      return found;
    } catch (UserException e) {
      throw table.map(passedOver -> passedOver.addedTo(e)).orElse(e);
    }
  }

  private FoundPictures find(ImportKind kind, String location) throws IOException {
    return switch (kind) {
      case CIFAR_10 -> new CifarSource(spark, spec.from(), CifarLayout.CIFAR_10).find(location);
      case CIFAR_100 -> new CifarSource(spark, spec.from(), cifar100()).find(location);
      case TABLE -> new TableSource(spark, spec.from()).find(location);
      case TAR -> new TarSource(spark, spec.from()).find(location);
      default -> new FolderSource(spark.hadoopConfiguration(), spec.from()).find(location);
    };
  }

  private CifarLayout cifar100() {
    return spec.labels() == CifarLabels.FINE
        ? CifarLayout.CIFAR_100_FINE
        : CifarLayout.CIFAR_100_COARSE;
  }

  private List<TaskReport> importPictures(
      FoundPictures found, ImportPlan plan, UnpublishedDirectory files) {
    ExecutorSlots.await(spark, found.tasks().size());
    SparkLabels.describe(
        spark, String.format(Locale.ROOT, "import %,d pictures", found.pictures()));
    Broadcast<SerializableConfiguration> configuration =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    Broadcast<List<String>> classNames = spark.broadcast(new ArrayList<>(found.classNames()));
    LongAccumulator done = spark.sc().longAccumulator("pictures");
    CountProgress progress = CountProgress.start("pictures", done::value, found.pictures());
    try {
      List<TaskReport> reports =
          Attempted.values(
              spark
                  .parallelize(found.tasks(), found.tasks().size())
                  .map(
                      new ImportPictures(
                          configuration, classNames, plan, files.path().toString(), done))
                  .collect());
      return reports.stream().sorted(Comparator.comparing(TaskReport::number)).toList();
    } finally {
      progress.close();
      configuration.destroy();
      classNames.destroy();
    }
  }
}
