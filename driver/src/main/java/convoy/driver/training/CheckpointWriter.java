package convoy.driver.training;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Saves the checkpoints of a training when they are due. */
final class CheckpointWriter {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointWriter.class);
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final TrainingOutput output;
  private final Progress progress;
  private final Sanity sanity;
  private final CheckpointSchedule schedule;
  private final Map<String, String> settings;

  /**
   * A writer for a training.
   *
   * @param settings that determine its result, by key
   */
  CheckpointWriter(
      TrainingOutput output,
      Progress progress,
      Sanity sanity,
      CheckpointSchedule schedule,
      Map<String, String> settings) {
    this.output = output;
    this.progress = progress;
    this.sanity = sanity;
    this.schedule = schedule;
    this.settings = settings;
  }

  /** A round has ended that is not the last of its epoch. */
  void roundEnded(int epoch, int round, Consensus consensus) throws IOException {
    if (schedule.isDueAfterRound()) {
      // What a checkpoint counts as done has to be in the metrics; what comes later is cut off.
      progress.flush();
      save(epoch, round, consensus);
    }
  }

  /** An epoch has ended, and its evaluation is in the metrics. */
  void epochEnded(int epoch, int rounds, Consensus consensus) throws IOException {
    if (schedule.isDueAfterEpoch(epoch)) {
      save(epoch, rounds, consensus);
    }
  }

  private void save(int epoch, int round, Consensus consensus) throws IOException {
    long start = System.nanoTime();
    output.save(
        new Checkpoint(
            epoch, round, consensus, progress.epochSoFar(), sanity.epochsAtChance(), settings));
    schedule.saved();
    LOG.info(
        "epoch {} round {} checkpoint saved in {} s",
        epoch,
        round,
        String.format(Locale.ROOT, "%.3f", (System.nanoTime() - start) / NANOS_PER_SECOND));
  }
}
