package convoy.driver.sweep;

import convoy.driver.data.ImageSource;
import convoy.driver.data.ImageSources;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.monitoring.history.RunView;
import convoy.driver.report.RunFiles;
import convoy.driver.report.RunReport;
import convoy.driver.store.AtomicDirectory;
import convoy.driver.store.Locations;
import convoy.driver.training.Resume;
import convoy.driver.training.TrainingJob;
import convoy.driver.training.TrainingOutputSpec;
import convoy.driver.training.TrainingResult;
import convoy.driver.training.TrainingRunSpec;
import convoy.worker.image.Split;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains once for every point of a grid and every seed, one after the other, each into a folder of
 * its own under {@code runs/}, and sums up in {@code sweep.md} and {@code sweep.csv}. Both are
 * replaced after each training run, so that a sweep that is stopped leaves what it found. A
 * training run that is stopped, because it diverged or learnt nothing, is a result like any other.
 */
public final class SweepJob {
  private static final Logger LOG = LoggerFactory.getLogger(SweepJob.class);

  private static final String MARKDOWN = "sweep.md";
  private static final String CSV = "sweep.csv";
  private static final String REPORT = "sweep.html";

  /** More are hard to tell apart in one page. */
  private static final int MOST_REPORTED = 12;

  private final SweepGrid grid;
  private final List<SweepRun> runs;
  private final TrainingOutputSpec output;

  /**
   * A sweep.
   *
   * @param grid its points
   * @param runs the training runs, point by point
   * @param output where the sweep writes, and whether it goes on with an earlier one
   */
  public SweepJob(SweepGrid grid, List<SweepRun> runs, TrainingOutputSpec output) {
    this.grid = grid;
    this.runs = List.copyOf(runs);
    this.output = output;
  }

  /**
   * Runs the training runs. With {@code training.resume}, those that are finished are not run
   * again.
   *
   * @throws UserException before the first one starts, if one has no engine, or the output holds
   *     training runs that are neither to be resumed nor overwritten; or if the data is wrong
   */
  public SweepTable run(JavaSparkContext spark) throws IOException {
    Configuration hadoop = spark.hadoopConfiguration();
    Path directory = Locations.qualified(hadoop, output.directory().path());
    requireNoTrainings(hadoop, directory);
    Map<String, ImageSource> sources = sources(hadoop);
    requireEngines(sources, spark.getConf());
    Split split = split(sources);
    List<SweepTable.Accuracy> accuracies = new ArrayList<>();
    SweepTable table = new SweepTable(grid, split, accuracies);
    for (SweepRun run : runs) {
      LOG.info("Training {} of {}: {}", accuracies.size() + 1, runs.size(), run.name());
      accuracies.add(accuracy(spark, run, sources.get(run.data())));
      table = new SweepTable(grid, split, accuracies);
      write(hadoop, new Path(directory, MARKDOWN), table.markdown());
      write(hadoop, new Path(directory, CSV), table.csv());
      report(hadoop, directory, accuracies);
    }
    return table;
  }

  /** The best of the runs so far, side by side. */
  private void report(Configuration hadoop, Path directory, List<SweepTable.Accuracy> accuracies)
      throws IOException {
    List<RunView> best =
        IntStream.range(0, accuracies.size())
            .boxed()
            .sorted(Comparator.comparing(run -> -accuracies.get(run).value().orElse(0)))
            .limit(MOST_REPORTED)
            .sorted()
            .flatMap(run -> view(hadoop, runs.get(run)).stream())
            .toList();
    if (!best.isEmpty()) {
      AtomicDirectory.replaceFile(hadoop, new Path(directory, REPORT), RunReport.of(best));
    }
  }

  /** The run; none if an earlier version finished it and left too little to report on. */
  private static Optional<RunView> view(Configuration hadoop, SweepRun run) {
    try {
      return Optional.of(new RunFiles(hadoop, run.output().directory().path()).view());
    } catch (UserException e) {
      LOG.debug("{} is not in the report", run.name(), e);
      return Optional.empty();
    }
  }

  private void requireNoTrainings(Configuration hadoop, Path directory) {
    boolean swept = exists(hadoop, new Path(directory, SweepRun.FOLDER));
    for (String table : List.of(MARKDOWN, CSV, REPORT)) {
      if (!swept && exists(hadoop, new Path(directory, table))) {
        throw new UserException(
            ExitCode.INPUT,
            "Cannot sweep into %s: its %s was not written by a sweep, which would have %s/ beside it (move it away, or choose another --output)"
                .formatted(directory, table, SweepRun.FOLDER));
      }
    }
    if (swept && output.resume() == Resume.NEVER && !output.directory().overwrite()) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot sweep into %s: it holds the training runs of an earlier sweep (give --resume to continue it, or --overwrite to start again)"
              .formatted(directory));
    }
  }

  private static boolean exists(Configuration hadoop, Path path) {
    return Locations.reach(path, () -> path.getFileSystem(hadoop).exists(path));
  }

  /** The image sets by their directories. */
  private Map<String, ImageSource> sources(Configuration hadoop) {
    Map<String, ImageSource> sources = new HashMap<>();
    runs.forEach(
        run -> sources.computeIfAbsent(run.data(), data -> ImageSources.open(hadoop, data)));
    return sources;
  }

  /** The split whose accuracies are compared: validation where there is one. */
  private static Split split(Map<String, ImageSource> sources) {
    Map<Boolean, List<ImageSource>> byValidation =
        sources.values().stream()
            .collect(Collectors.partitioningBy(source -> source.images(Split.VALIDATION) > 0));
    if (!byValidation.get(true).isEmpty() && !byValidation.get(false).isEmpty()) {
      throw new UserException(
          ExitCode.USAGE,
          "Cannot compare %s with %s: one has validation images and the other has none (import it again with --validation-share)"
              .formatted(
                  byValidation.get(true).get(0).set().uri(),
                  byValidation.get(false).get(0).set().uri()));
    }
    return byValidation.get(true).isEmpty() ? Split.TEST : Split.VALIDATION;
  }

  /** Looks once at each network and engine: what it finds is said in the log. */
  private void requireEngines(Map<String, ImageSource> sources, SparkConf conf) {
    Set<List<Object>> seen = new HashSet<>();
    for (SweepRun run : runs) {
      TrainingRunSpec spec = run.spec();
      if (seen.add(List.of(run.data(), spec.network(), spec.engine(), spec.length()))) {
        TrainingJob.requireEngine(spec, sources.get(run.data()), conf);
      }
    }
  }

  /** What the run comes to; no accuracy if it was stopped. */
  private static SweepTable.Accuracy accuracy(
      JavaSparkContext spark, SweepRun run, ImageSource source) throws IOException {
    OptionalDouble validation = OptionalDouble.empty();
    OptionalDouble test = OptionalDouble.empty();
    try {
      TrainingResult result = new TrainingJob(spark, source, run.spec(), run.output()).run();
      validation = result.validationAccuracy();
      test = OptionalDouble.of(result.testAccuracy());
    } catch (UserException e) {
      if (e.exitCode() != ExitCode.DIVERGED) {
        throw e;
      }
      LOG.warn("{}: {}", run.name(), e.getMessage());
    }
    return new SweepTable.Accuracy(
        run.point(), run.seed(), validation.isPresent() ? validation : test);
  }

  private static void write(Configuration hadoop, Path file, String text) throws IOException {
    AtomicDirectory.replaceFile(hadoop, file, text.getBytes(StandardCharsets.UTF_8));
  }
}
