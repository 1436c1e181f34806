package convoy.driver.training;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.files.OwnFiles;
import convoy.driver.store.AtomicDirectory;
import convoy.driver.store.Claim;
import convoy.driver.store.Failures;
import convoy.driver.store.Locations;
import convoy.driver.store.ModelDirectory;
import convoy.driver.store.NewDirectories;
import convoy.driver.training.checkpoint.Checkpoint;
import convoy.driver.training.checkpoint.Checkpoints;
import convoy.driver.training.metrics.MetricsLog;
import convoy.driver.training.plan.TrainingPlan;
import convoy.worker.model.ModelDescription;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The output directory of a training run: {@code model/}, {@code checkpoints/} and {@code
 * metrics.jsonl}. Whether it may be written is settled before any long work. It is this training's
 * until it is closed.
 */
final class TrainingOutput implements AutoCloseable {
  private static final OwnFiles MODEL_FILES =
      new OwnFiles(
          "model.json",
          ModelDescription.FORMAT,
          "parameters[.]f32|classes[.]csv|dl4j-model[.]zip|evaluation[.]json|report[.]html");

  private final Configuration configuration;
  private final TrainingOutputSpec spec;
  private final int checkpointsKept;
  private final Path model;
  private final Path metrics;
  private final Checkpoints checkpoints;
  private final Resumption resumption;
  private final Claim claim;
  private final NewDirectories directories;

  /**
   * Takes possession of the output directory: creates it, or checks what is in it. A training run
   * that is to be resumed may have published its model: {@link #finished}.
   *
   * @param checkpointsKept newest checkpoints that are kept, 1 or more
   * @param application that Spark has given this training
   * @throws UserException if it holds an earlier training run that is neither to be resumed nor
   *     overwritten, or cannot be written to
   */
  static TrainingOutput open(
      Configuration configuration,
      TrainingOutputSpec spec,
      int checkpointsKept,
      String application) {
    Path directory = Locations.qualified(configuration, spec.path());
    Path model = new Path(directory, "model");
    Path metrics = new Path(directory, "metrics.jsonl");
    Checkpoints checkpoints = new Checkpoints(configuration, new Path(directory, "checkpoints"));
    if (!spec.resume().isWanted() || spec.overwrite()) {
      requireNoTraining(configuration, spec, directory, model, checkpoints);
    }
    try {
      AtomicDirectory.requireWritable(configuration, directory);
      NewDirectories directories = NewDirectories.downTo(configuration, directory);
      requireNothingInTheWay(configuration, checkpoints.directory(), metrics);
      // First the claim: who loses a file to the next lines finds out why.
      Claim claim = Claim.take(configuration, directory, application);
      AtomicDirectory.deleteLeftovers(configuration, directory);
      checkpoints.deleteLeftovers();
      return new TrainingOutput(
          configuration, spec, checkpointsKept, model, metrics, checkpoints, claim, directories);
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
      TrainingOutputSpec spec,
      Path directory,
      Path model,
      Checkpoints checkpoints) {
    MODEL_FILES.requireFree(configuration, model, spec.overwrite(), "the model");
    if (!spec.overwrite() && Locations.reach(directory, checkpoints::exist)) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot train into %s: it holds the checkpoints of an earlier training run (give --resume to continue it, or --overwrite to start again)"
              .formatted(directory));
    }
  }

  private static void requireNothingInTheWay(
      Configuration configuration, Path checkpoints, Path metrics) throws IOException {
    FileSystem files = Locations.fileSystem(configuration, metrics);
    if (files.exists(checkpoints) && !files.getFileStatus(checkpoints).isDirectory()) {
      throw inTheWay(checkpoints, "it is not a directory");
    }
    if (!files.exists(metrics)) {
      return;
    }
    if (files.getFileStatus(metrics).isDirectory()) {
      throw inTheWay(metrics, "it is a directory");
    }
    if (!MetricsLog.isOne(configuration, metrics)) {
      throw inTheWay(metrics, "it is there already, and no training run wrote it");
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
      TrainingOutputSpec spec,
      int checkpointsKept,
      Path model,
      Path metrics,
      Checkpoints checkpoints,
      Claim claim,
      NewDirectories directories) {
    this.configuration = configuration;
    this.spec = spec;
    this.checkpointsKept = checkpointsKept;
    this.model = model;
    this.metrics = metrics;
    this.checkpoints = checkpoints;
    this.resumption = new Resumption(checkpoints, spec.resume());
    this.claim = claim;
    this.directories = directories;
  }

  /**
   * The checkpoint to go on from, if the training run is to be resumed and there is one. Otherwise
   * the checkpoints of a training run that is being overwritten are deleted.
   *
   * @param settings that determine the result, by key
   * @throws UserException if the checkpoint's training had other settings, or is past the last
   *     epoch
   */
  Optional<Checkpoint> resumeFrom(Map<String, String> settings, TrainingPlan plan)
      throws IOException {
    if (spec.resume().isWanted()) {
      return resumption.checkpoint(settings, plan);
    }
    checkpoints.clear();
    return Optional.empty();
  }

  /**
   * The description of the model that the training run came to which is being resumed, if it is
   * published already.
   *
   * @param checkpoint that it is resumed from
   * @throws UserException if a model is published, but not that of this run's end
   */
  Optional<ModelDescription> finished(Optional<Checkpoint> checkpoint, TrainingSetup setup) {
    if (!spec.resume().isWanted() || spec.overwrite() || !exists(configuration, model)) {
      return Optional.empty();
    }
    ModelDescription description = model().describe();
    Resumption.requireFinished(checkpoint, description, setup);
    return Optional.of(description);
  }

  /**
   * Checks that no other training run has taken the output over; to be called before a write.
   *
   * @throws UserException if one has
   */
  void requireOwn() throws IOException {
    claim.require();
  }

  /** Saves a checkpoint, and deletes all but the newest. */
  void save(Checkpoint checkpoint) throws IOException {
    try {
      checkpoints.save(checkpoint, checkpointsKept);
    } catch (IOException e) {
      // Another training run deletes what this one is about to publish.
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

  /** The directory itself. */
  String uri() {
    return model.getParent().toString();
  }

  boolean overwrite() {
    return spec.overwrite();
  }

  /** Gives up the claim to the output, and the output itself if nothing has come into it. */
  @Override
  public void close() throws IOException {
    claim.release();
    directories.deleteEmpty();
  }
}
