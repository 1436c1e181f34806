package convoy.driver.training;

import convoy.driver.config.ConvoyConfig;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.store.AtomicDirectory;
import convoy.driver.store.Claim;
import convoy.driver.store.Failures;
import convoy.driver.store.Locations;
import convoy.driver.store.ModelDirectory;
import convoy.worker.model.ModelDescription;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The output directory of a training: {@code model/}, {@code checkpoints/} and {@code
 * metrics.jsonl}. Whether it may be written is settled before any long work. It is this training's
 * until it is closed.
 */
final class TrainingOutput implements AutoCloseable {
  private final Configuration configuration;
  private final ConvoyConfig config;
  private final Path model;
  private final Path metrics;
  private final Checkpoints checkpoints;
  private final Resumption resumption;
  private final Claim claim;

  /**
   * Takes possession of the output directory: creates it, or checks what is in it. A training that
   * is to be resumed may have published its model: {@link #finished}.
   *
   * @param application that Spark has given this training
   * @throws UserException if it holds an earlier training that is neither to be resumed nor
   *     overwritten, or cannot be written to
   */
  static TrainingOutput open(Configuration configuration, ConvoyConfig config, String application) {
    Path directory = Locations.qualified(configuration, config.output().path());
    Path model = new Path(directory, "model");
    Path metrics = new Path(directory, "metrics.jsonl");
    Checkpoints checkpoints = new Checkpoints(configuration, new Path(directory, "checkpoints"));
    if (!config.training().resume() || config.output().overwrite()) {
      requireNoTraining(configuration, config, directory, model, checkpoints);
    }
    try {
      AtomicDirectory.requireWritable(configuration, directory);
      for (FileStatus status : directory.getFileSystem(configuration).listStatus(directory)) {
        requireNotInTheWay(status, checkpoints.directory(), metrics);
      }
      // First the claim: who loses a file to the next lines finds out why.
      Claim claim = Claim.take(configuration, directory, application);
      AtomicDirectory.deleteLeftovers(configuration, directory);
      checkpoints.deleteLeftovers();
      return new TrainingOutput(configuration, config, model, metrics, checkpoints, claim);
    } catch (IOException e) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot write to %s: %s (check its permissions and those of its parent)"
              .formatted(directory, Failures.firstLine(e)),
          e);
    }
  }

  private static void requireNoTraining(
      Configuration configuration,
      ConvoyConfig config,
      Path directory,
      Path model,
      Checkpoints checkpoints) {
    AtomicDirectory.requireAbsent(configuration, model, config.output().overwrite(), "the model");
    if (!config.output().overwrite() && Locations.reach(directory, checkpoints::exist)) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot train into %s: it holds the checkpoints of an earlier training (say --resume to go on with it, or --overwrite to start anew)"
              .formatted(directory));
    }
  }

  private static void requireNotInTheWay(FileStatus status, Path checkpoints, Path metrics) {
    Path path = status.getPath();
    if (path.equals(checkpoints) && !status.isDirectory()) {
      throw inTheWay(path, "it is not a directory");
    }
    if (path.equals(metrics) && status.isDirectory()) {
      throw inTheWay(path, "it is a directory");
    }
  }

  private static UserException inTheWay(Path path, String reason) {
    return new UserException(
        ExitCode.INPUT,
        "Cannot write to %s: %s (move it away, or choose another --output)"
            .formatted(path, reason));
  }

  private static boolean exists(Configuration configuration, Path path) {
    return Locations.reach(path, () -> path.getFileSystem(configuration).exists(path));
  }

  private TrainingOutput(
      Configuration configuration,
      ConvoyConfig config,
      Path model,
      Path metrics,
      Checkpoints checkpoints,
      Claim claim) {
    this.configuration = configuration;
    this.config = config;
    this.model = model;
    this.metrics = metrics;
    this.checkpoints = checkpoints;
    this.resumption = new Resumption(checkpoints, config.training());
    this.claim = claim;
  }

  /**
   * The checkpoint to go on from, if the training is to be resumed and there is one. Otherwise the
   * checkpoints of a training that is being overwritten are deleted.
   *
   * @param settings that determine the result, by key
   * @throws UserException if the checkpoint's training had other settings, or is past the last
   *     epoch
   */
  Optional<Checkpoint> resumeFrom(Map<String, String> settings, TrainingPlan plan)
      throws IOException {
    if (config.training().resume()) {
      return resumption.checkpoint(settings, plan);
    }
    checkpoints.clear();
    return Optional.empty();
  }

  /**
   * What the training came to that is being resumed, if its model is published already.
   *
   * @param checkpoint that it is resumed from
   * @param settings that determine the result, by key
   * @throws UserException if a model is published, but not that of this training's end
   */
  Optional<TrainingResult> finished(Optional<Checkpoint> checkpoint, Map<String, String> settings) {
    if (!config.training().resume()
        || config.output().overwrite()
        || !exists(configuration, model)) {
      return Optional.empty();
    }
    ModelDescription description = model().describe();
    resumption.requireFinished(
        checkpoint, description, settings, config.evaluation().testTimeFlip());
    return Optional.of(
        new TrainingResult(
            config.training().epochs(),
            description.test().accuracy(),
            modelUri(),
            description.parametersSha256()));
  }

  /**
   * Checks that no other training has taken the output over; to be called before a write.
   *
   * @throws UserException if one has
   */
  void requireOwn() throws IOException {
    claim.require();
  }

  /** Saves a checkpoint, and deletes all but the newest. */
  void save(Checkpoint checkpoint) throws IOException {
    try {
      checkpoints.save(checkpoint, config.checkpoint().keep());
    } catch (IOException e) {
      // Another training deletes what this one is about to publish.
      claim.require();
      throw e;
    }
  }

  /** The metrics of an earlier run as far as a checkpoint; none if nothing is done. */
  MetricsLog metrics(int epochsDone, int roundsDone) throws IOException {
    return epochsDone == 0 && roundsDone == 0
        ? MetricsLog.create(configuration, metrics, claim)
        : MetricsLog.resume(configuration, metrics, claim, epochsDone, roundsDone);
  }

  /** Where the model goes. */
  ModelDirectory model() {
    return new ModelDirectory(configuration, model);
  }

  String modelUri() {
    return model.toString();
  }

  boolean overwrite() {
    return config.output().overwrite();
  }

  /** Leaves the output to whoever comes. */
  @Override
  public void close() throws IOException {
    claim.release();
  }
}
