package convoy.driver.training;

import convoy.driver.ExitCode;
import convoy.driver.UserException;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.store.AtomicDirectory;
import convoy.driver.store.Failures;
import convoy.driver.store.Locations;
import convoy.driver.store.ModelDirectory;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The output directory of a training: {@code model/}, {@code checkpoints/} and {@code
 * metrics.jsonl}. Whether it may be written is settled before any long work.
 */
final class TrainingOutput {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingOutput.class);

  private final Configuration configuration;
  private final Path model;
  private final Path metrics;
  private final Checkpoints checkpoints;
  private final boolean resume;
  private final boolean overwrite;

  /**
   * Takes possession of the output directory: creates it, or checks what is in it.
   *
   * @throws UserException if it holds an earlier training that is neither to be resumed nor
   *     overwritten, or cannot be written to
   */
  static TrainingOutput open(Configuration configuration, ConvoyConfig config) {
    Path directory = Locations.qualified(configuration, config.output().path());
    TrainingOutput output =
        new TrainingOutput(
            configuration, directory, config.training().resume(), config.output().overwrite());
    AtomicDirectory.requireAbsent(configuration, output.model, output.overwrite, "the model");
    if (!output.resume
        && !output.overwrite
        && Locations.reach(directory, output.checkpoints::exist)) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot train into %s: it holds the checkpoints of an earlier training (say --resume to go on with it, or --overwrite to start anew)"
              .formatted(directory));
    }
    try {
      AtomicDirectory.requireWritable(configuration, directory);
      output.requireNothingInTheWay(directory);
      AtomicDirectory.deleteLeftovers(configuration, directory);
      output.checkpoints.deleteLeftovers();
    } catch (IOException e) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot write to %s: %s (check its permissions and those of its parent)"
              .formatted(directory, Failures.firstLine(e)),
          e);
    }
    return output;
  }

  private void requireNothingInTheWay(Path directory) throws IOException {
    for (FileStatus status : directory.getFileSystem(configuration).listStatus(directory)) {
      Path path = status.getPath();
      if (path.equals(checkpoints.directory()) && !status.isDirectory()) {
        throw inTheWay(path, "it is not a directory");
      }
      if (path.equals(metrics) && status.isDirectory()) {
        throw inTheWay(path, "it is a directory");
      }
    }
  }

  private static UserException inTheWay(Path path, String reason) {
    return new UserException(
        ExitCode.INPUT,
        "Cannot write to %s: %s (move it away, or choose another --output)"
            .formatted(path, reason));
  }

  private TrainingOutput(
      Configuration configuration, Path directory, boolean resume, boolean overwrite) {
    this.configuration = configuration;
    this.model = new Path(directory, "model");
    this.metrics = new Path(directory, "metrics.jsonl");
    this.checkpoints = new Checkpoints(configuration, new Path(directory, "checkpoints"));
    this.resume = resume;
    this.overwrite = overwrite;
  }

  /**
   * The checkpoint to go on from, if the training is to be resumed and there is one. Otherwise the
   * checkpoints of a training that is being overwritten are deleted.
   *
   * @param epochs that the training shall have in all
   * @throws UserException if the checkpoint's training had other settings, or is past that epoch
   */
  Optional<Checkpoint> resumeFrom(Map<String, String> settings, int epochs) throws IOException {
    if (!resume) {
      checkpoints.clear();
      return Optional.empty();
    }
    Optional<Checkpoint> newest = Locations.reach(checkpoints.directory(), checkpoints::newest);
    newest.ifPresentOrElse(
        checkpoint -> {
          ResultSettings.requireUnchanged(checkpoint.settings(), settings);
          requireNotPast(checkpoint, epochs);
          LOG.info("Resuming after epoch {}", checkpoint.epoch());
        },
        () -> LOG.info("There is no checkpoint to resume from; starting with epoch 1"));
    return newest;
  }

  private static void requireNotPast(Checkpoint checkpoint, int epochs) {
    if (checkpoint.epoch() > epochs) {
      throw new UserException(
          ExitCode.USAGE,
          "Cannot resume the training for %d epochs in all: its newest checkpoint is of epoch %d (give --epochs %d or more, or start anew with another --output)"
              .formatted(epochs, checkpoint.epoch(), checkpoint.epoch()));
    }
  }

  Checkpoints checkpoints() {
    return checkpoints;
  }

  /** The metrics as far as {@code lastEpoch}, 0 for none. */
  MetricsLog metrics(int lastEpoch) throws IOException {
    return lastEpoch == 0
        ? MetricsLog.create(configuration, metrics)
        : MetricsLog.resume(configuration, metrics, lastEpoch);
  }

  /** Where the model goes. */
  ModelDirectory model() {
    return new ModelDirectory(configuration, model);
  }

  String modelUri() {
    return model.toString();
  }

  boolean overwrite() {
    return overwrite;
  }
}
