package convoy.driver.prediction;

import convoy.driver.monitoring.event.PredictionAdvanced;
import convoy.driver.monitoring.event.PredictionEnded;
import convoy.driver.monitoring.event.PredictionEnded.Outcome;
import convoy.driver.monitoring.event.PredictionEvents;
import convoy.driver.monitoring.event.PredictionFigures;
import convoy.driver.monitoring.event.PredictionFigures.FolderComparison;
import convoy.driver.monitoring.event.PredictionFigures.UnreadableFiles;
import convoy.driver.monitoring.event.PredictionStarted;
import convoy.driver.store.Failures;
import convoy.worker.evaluation.ConfusionMatrix;
import java.util.List;
import org.apache.spark.SparkContext;

/** Tells Spark's listeners how a prediction job goes. */
final class JobProgress {
  private final SparkContext spark;
  private final PredictionEvents events;
  private final long files;
  private final TaskReports reports;
  private final FilesDone filesDone;
  private PredictionFigures figures;
  private volatile long done;

  private JobProgress(SparkContext spark, PredictionStarted setup) {
    this.spark = spark;
    this.events = PredictionEvents.of(spark, setup.output());
    this.files = setup.files();
    this.reports = TaskReports.on(spark);
    this.filesDone = new FilesDone(reports.done(), this::advanced);
  }

  /** The classification begins. */
  static JobProgress start(SparkContext spark, PredictionStarted setup) {
    JobProgress progress = new JobProgress(spark, setup);
    progress.events.post(setup);
    spark.addSparkListener(progress.filesDone);
    return progress;
  }

  /** For the tasks. */
  TaskReports reports() {
    return reports;
  }

  /** How many files are done, as far as the executors have told. */
  long done() {
    return done;
  }

  private void advanced(FileCount counted) {
    done = Math.min(counted.files(), files);
    events.post(new PredictionAdvanced(System.currentTimeMillis(), done, counted.unreadable()));
  }

  /** All rows are written. */
  void written() {
    spark.removeSparkListener(filesDone);
    advanced(reports.done().value());
  }

  /** The rows were counted. */
  void counted(PredictionSummary summary) {
    figures = figures(summary, reports.examples().value());
  }

  /** The job has done all it was to do. */
  void finished() {
    events.post(new PredictionEnded(System.currentTimeMillis(), Outcome.FINISHED, null, figures));
  }

  /** The job ends without success. */
  void failed(Exception cause) {
    spark.removeSparkListener(filesDone);
    events.post(
        new PredictionEnded(
            System.currentTimeMillis(), Outcome.FAILED, Failures.firstLine(cause), figures));
  }

  private static PredictionFigures figures(PredictionSummary summary, Examples examples) {
    List<UnreadableFiles> unreadable =
        summary.unreadable().entrySet().stream()
            .map(
                reason ->
                    new UnreadableFiles(
                        reason.getKey(),
                        reason.getValue(),
                        examples.unreadable().getOrDefault(reason.getKey(), List.of())))
            .toList();
    return PredictionFigures.of(
        summary.files(),
        summary.labels(),
        unreadable,
        summary.labelled().map(JobProgress::comparison).orElse(null),
        examples.surest(),
        examples.leastSure(),
        examples.wrong());
  }

  private static FolderComparison comparison(PredictionSummary.Labelled labelled) {
    ConfusionMatrix matrix = labelled.matrix();
    long compared = matrix.total();
    return new FolderComparison(
        matrix.correct(),
        compared,
        compared == 0 ? null : (Double) matrix.accuracy(),
        labelled.elsewhere());
  }
}
