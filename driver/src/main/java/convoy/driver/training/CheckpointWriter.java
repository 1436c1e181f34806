package convoy.driver.training;

import convoy.driver.training.checkpoint.Checkpoint;
import convoy.driver.training.checkpoint.CheckpointSchedule;
import convoy.driver.training.metrics.Progress;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Saves the checkpoints of a training run when they are due. */
final class CheckpointWriter {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointWriter.class);
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final TrainingOutput output;
  private final Progress progress;
  private final CheckpointSchedule schedule;
  private final LengthSpec length;

  CheckpointWriter(
      TrainingOutput output, Progress progress, CheckpointSchedule schedule, LengthSpec length) {
    this.output = output;
    this.progress = progress;
    this.schedule = schedule;
    this.length = length;
  }

  /** A round has ended that is not the last of its epoch. */
  void roundEnded(Checkpoint reached) throws IOException {
    if (schedule.isDueAfterRound()) {
      // What a checkpoint counts as done has to be in the metrics; what comes later is cut off.
      progress.flush();
      save(reached);
    }
  }

  /** An epoch has ended, and its evaluation is in the metrics. The last one is always saved. */
  void epochEnded(Checkpoint reached) throws IOException {
    if (length.isOver(reached.epoch(), reached.standing())
        || schedule.isDueAfterEpoch(reached.epoch())) {
      save(reached);
    }
  }

  private void save(Checkpoint reached) throws IOException {
    long start = System.nanoTime();
    output.save(reached);
    schedule.saved();
    LOG.info(
        "epoch {} round {} checkpoint saved in {} s",
        reached.epoch(),
        reached.round(),
        String.format(Locale.ROOT, "%.3f", (System.nanoTime() - start) / NANOS_PER_SECOND));
  }
}
