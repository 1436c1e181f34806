package convoy.driver.prediction;

import convoy.driver.cluster.ExecutorSlots;
import convoy.driver.cluster.SparkLabels;
import convoy.driver.device.DeviceCheck;
import convoy.driver.device.EngineChoice;
import convoy.driver.device.EngineSpec;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.files.ListedFile;
import convoy.driver.files.OwnFiles;
import convoy.driver.monitoring.event.PredictionStarted;
import convoy.driver.progress.CountProgress;
import convoy.driver.store.AtomicDirectory;
import convoy.driver.store.Failures;
import convoy.driver.store.Locations;
import convoy.driver.store.ModelDirectory;
import convoy.worker.model.InferenceModel;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Classifies every file of a directory tree with a saved model:
 *
 * <pre>
 * load the model, check the output
 * list the files, deal them to tasks
 * broadcast the model
 * each task: read, decode, classify a batch at a time, write rows
 * count what was written
 * </pre>
 *
 * There is one row per file, in the order of their names within and over the parts. A file that
 * cannot be read is a row with its reason; what is no file but cannot be passed over (a directory
 * that may not be listed, a broken link) is one too.
 */
public final class PredictionJob {

  private final SparkSession session;
  private final JavaSparkContext spark;
  private final EngineSpec engine;
  private final PredictionSpec prediction;

  /**
   * A job on that cluster. Nothing runs yet.
   *
   * @param engine what runs the network
   */
  public PredictionJob(SparkSession session, EngineSpec engine, PredictionSpec prediction) {
    this.session = session;
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.engine = engine;
    this.prediction = prediction;
  }

  /**
   * Classifies the files and writes the rows.
   *
   * @throws UserException if model, images or output are not fit, before any work; or, when the
   *     rows are written, if more files than {@code prediction.max-unreadable-share} could not be
   *     read
   */
  public PredictionSummary run() {
    Configuration configuration = spark.hadoopConfiguration();
    InferenceModel model =
        new ModelDirectory(configuration, Locations.path(prediction.modelPath())).load();
    OutputCheck.require(configuration, prediction);
    String engineName = EngineChoice.of(engine, model.network(), spark.getConf());
    List<ListedFile> files = ImageListing.of(configuration, prediction.imagesPath());

    ExecutorSlots.await(spark, files.size());
    DeviceCheck.require(spark, engine.device(), spark.defaultParallelism());
    JobProgress progress =
        JobProgress.start(spark.sc(), started(configuration, model, files.size()));
    try {
      PredictionFiles output = new PredictionFiles(session, prediction.format());
      write(files, model, engineName, output, progress);
      progress.written();
      SparkLabels.describe(spark, "count the predictions written");
      PredictionSummary summary =
          WrittenRows.summarize(output.read(prediction.outputPath()), model.labels(), prediction);
      requireComplete(summary, files.size());
      progress.counted(summary);
      requireReadable(summary);
      progress.finished();
      return summary;
    } catch (RuntimeException e) {
      progress.failed(e);
      throw e;
    }
  }

  private PredictionStarted started(Configuration configuration, InferenceModel model, int files) {
    return new PredictionStarted(
        System.currentTimeMillis(),
        model.network().name(),
        Locations.qualified(configuration, prediction.modelPath()).toString(),
        Locations.qualified(configuration, prediction.imagesPath()).toString(),
        Locations.qualified(configuration, prediction.outputPath()).toString(),
        files,
        model.labels().size(),
        prediction.labelled());
  }

  private void write(
      List<ListedFile> files,
      InferenceModel model,
      String engineName,
      PredictionFiles output,
      JobProgress progress) {
    Configuration configuration = spark.hadoopConfiguration();
    Broadcast<InferenceModel> broadcast = spark.broadcast(model);
    try {
      JavaRDD<Row> rows = rows(files, broadcast, engineName, progress.reports());
      Path directory = Locations.qualified(configuration, prediction.outputPath());
      AtomicDirectory.publish(
          configuration,
          directory,
          prediction.overwrite(),
          (context, unpublished) -> {
            CountProgress shown = CountProgress.start("files", progress::done, files.size());
            try {
              output.write(rows, unpublished.toString());
            } finally {
              shown.close();
            }
            AtomicDirectory.write(
                context, new Path(unpublished, OwnFiles.MARK), OwnFiles.markContent());
          });
      AtomicDirectory.deleteLeftoversOf(configuration, directory);
    } catch (IOException e) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot write the predictions to %s: %s (check your permissions, or choose another --output)"
              .formatted(prediction.outputPath(), Failures.firstLine(e)),
          e);
    } finally {
      broadcast.destroy();
    }
  }

  private JavaRDD<Row> rows(
      List<ListedFile> files,
      Broadcast<InferenceModel> model,
      String engineName,
      TaskReports reports) {
    int tasks =
        FileSplit.tasks(
            files, prediction.partitions(), spark.defaultParallelism(), prediction.batchSize());
    List<FilePartition> partitions = FileSplit.deal(files, tasks);
    SparkLabels.describe(
        spark,
        String.format(
            Locale.ROOT, "classify %,d files in %,d tasks", files.size(), partitions.size()));
    PredictionFormat format = prediction.format();
    return spark
        .parallelize(partitions, partitions.size())
        .mapPartitions(
            new ClassifyFiles(
                model,
                new SerializableConfiguration(spark.hadoopConfiguration()),
                engineName,
                prediction.batchSize(),
                prediction.topK(),
                prediction.testTimeFlip(),
                prediction.maxPixels(),
                prediction.labelled(),
                reports))
        .map(made -> PredictionRows.of(made, format));
  }

  private void requireComplete(PredictionSummary summary, int listed) {
    if (summary.files() != listed) {
      throw new IllegalStateException(
          "%d rows were found at %s for %d files"
              .formatted(summary.files(), summary.output(), listed));
    }
  }

  private void requireReadable(PredictionSummary summary) {
    double allowed = prediction.maxUnreadableShare();
    if (summary.unreadableShare() > allowed) {
      throw new UserException(
          ExitCode.UNREADABLE_IMAGES,
          String.format(
              Locale.ROOT,
              "Cannot accept the predictions: %,d of %,d files are unreadable, a share of %.3f above"
                  + " the %s that prediction.max-unreadable-share allows: %s (the column error in %s"
                  + " gives the reason for each)",
              summary.files() - summary.classified(),
              summary.files(),
              summary.unreadableShare(),
              allowed,
              summary.unreadable(),
              summary.output()));
    }
  }
}
