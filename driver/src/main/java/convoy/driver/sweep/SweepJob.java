package convoy.driver.sweep;

import convoy.driver.config.ConvoyConfig;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.store.AtomicDirectory;
import convoy.driver.store.Locations;
import convoy.driver.training.TrainingJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains once for every point of a grid and every seed, one after the other, each into a folder of
 * its own under {@code runs/}, and sums up in {@code sweep.md} and {@code sweep.csv}. Both are
 * replaced after each training, so that a sweep that is stopped leaves what it found. A training
 * that is stopped, because it diverged or learnt nothing, is a result like any other.
 */
public final class SweepJob {
  private static final Logger LOG = LoggerFactory.getLogger(SweepJob.class);

  private final ConvoyConfig config;
  private final List<SweepRun> runs;

  /**
   * A sweep.
   *
   * @throws UserException if the settings of any of its trainings are wrong, or two of them do not
   *     differ
   */
  public SweepJob(ConvoyConfig config) {
    this.config = config;
    this.runs = SweepRun.all(config);
  }

  /**
   * Runs the trainings. With {@code training.resume}, those that are finished are not run again.
   *
   * @throws UserException before the first one starts, if one has no engine, or the output holds
   *     trainings that are neither to be resumed nor overwritten; or if the data is wrong
   */
  public SweepTable run(JavaSparkContext spark) throws IOException {
    Configuration hadoop = spark.hadoopConfiguration();
    Path directory = Locations.qualified(hadoop, config.output().path());
    requireNoTrainings(hadoop, directory);
    requireEngines(spark.getConf());
    List<SweepTable.Accuracy> accuracies = new ArrayList<>();
    SweepTable table = new SweepTable(config.sweep().grid(), accuracies);
    for (SweepRun run : runs) {
      LOG.info("Training {} of {}: {}", accuracies.size() + 1, runs.size(), run.name());
      accuracies.add(new SweepTable.Accuracy(run.point(), run.seed(), accuracy(spark, run)));
      table = new SweepTable(config.sweep().grid(), accuracies);
      write(hadoop, new Path(directory, "sweep.md"), table.markdown());
      write(hadoop, new Path(directory, "sweep.csv"), table.csv());
    }
    return table;
  }

  private void requireNoTrainings(Configuration hadoop, Path directory) {
    Path trainings = new Path(directory, SweepRun.FOLDER);
    if (!config.training().resume()
        && !config.output().overwrite()
        && Locations.reach(trainings, () -> trainings.getFileSystem(hadoop).exists(trainings))) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot sweep into %s: it holds the trainings of an earlier sweep (say --resume to go on with it, or --overwrite to start anew)"
              .formatted(directory));
    }
  }

  /** Looks once at each network and engine: what it finds is said in the log. */
  private void requireEngines(SparkConf conf) {
    Set<List<Object>> seen = new HashSet<>();
    for (SweepRun run : runs) {
      if (seen.add(List.of(run.config().network(), run.config().engine()))) {
        TrainingJob.requireEngine(run.config(), conf);
      }
    }
  }

  /** The test accuracy after the last epoch; none if the training was stopped. */
  private static OptionalDouble accuracy(JavaSparkContext spark, SweepRun run) throws IOException {
    try {
      return OptionalDouble.of(new TrainingJob(spark, run.config()).run().testAccuracy());
    } catch (UserException e) {
      if (e.exitCode() != ExitCode.DIVERGED) {
        throw e;
      }
      LOG.warn("{}: {}", run.name(), e.getMessage());
      return OptionalDouble.empty();
    }
  }

  private static void write(Configuration hadoop, Path file, String text) throws IOException {
    AtomicDirectory.replaceFile(hadoop, file, text.getBytes(StandardCharsets.UTF_8));
  }
}
