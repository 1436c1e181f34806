package convoy.driver.training.checkpoint;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * When there is to be a checkpoint: after every n epochs, and when the last one is m minutes old.
 */
public final class CheckpointSchedule {
  private final int everyEpochs;
  private final double everyNanos;
  private final LongSupplier nanoClock;
  private long lastNanos;

  /**
   * The checkpoints of a training run that begins, or goes on, now.
   *
   * @param nanoClock such as {@link System#nanoTime}
   */
  public CheckpointSchedule(CheckpointSpec spec, LongSupplier nanoClock) {
    this.everyEpochs = spec.everyEpochs();
    this.everyNanos = spec.everyMinutes() * TimeUnit.MINUTES.toNanos(1);
    this.nanoClock = nanoClock;
    this.lastNanos = nanoClock.getAsLong();
  }

  /** Whether a round that does not end its epoch gets one. */
  public boolean isDueAfterRound() {
    return everyNanos > 0 && nanoClock.getAsLong() - lastNanos >= everyNanos;
  }

  /** Whether an epoch that is not the last gets one. */
  public boolean isDueAfterEpoch(int epoch) {
    return (everyEpochs > 0 && epoch % everyEpochs == 0) || isDueAfterRound();
  }

  /** Notes that there is one now. */
  public void saved() {
    lastNanos = nanoClock.getAsLong();
  }
}
