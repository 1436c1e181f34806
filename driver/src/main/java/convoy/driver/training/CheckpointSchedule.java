package convoy.driver.training;

import convoy.driver.config.CheckpointConfig;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * When there is to be a checkpoint: after every n epochs, and when the last one is m minutes old.
 */
final class CheckpointSchedule {
  private final int everyEpochs;
  private final double everyNanos;
  private final int lastEpoch;
  private final LongSupplier nanoClock;
  private long lastNanos;

  /**
   * The checkpoints of a training that begins, or goes on, now.
   *
   * @param lastEpoch which always has one
   * @param nanoClock such as {@link System#nanoTime}
   */
  CheckpointSchedule(CheckpointConfig config, int lastEpoch, LongSupplier nanoClock) {
    this.everyEpochs = config.everyEpochs();
    this.everyNanos = config.everyMinutes() * TimeUnit.MINUTES.toNanos(1);
    this.lastEpoch = lastEpoch;
    this.nanoClock = nanoClock;
    this.lastNanos = nanoClock.getAsLong();
  }

  /** Whether a round that does not end its epoch is to have one. */
  boolean isDueAfterRound() {
    return everyNanos > 0 && nanoClock.getAsLong() - lastNanos >= everyNanos;
  }

  /** Whether an epoch is to have one. */
  boolean isDueAfterEpoch(int epoch) {
    return epoch == lastEpoch || (everyEpochs > 0 && epoch % everyEpochs == 0) || isDueAfterRound();
  }

  /** Notes that there is one now. */
  void saved() {
    lastNanos = nanoClock.getAsLong();
  }
}
