package convoy.driver.training.round;

import convoy.worker.training.TrainingState;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses how updates come together, by the size of the state and the number of replicas. */
public final class Reductions {
  private static final Logger LOG = LoggerFactory.getLogger(Reductions.class);
  private static final int MEBIBYTE = 1 << 20;

  /**
   * What a second stage of tasks must spare the driver's link in a round: 0.3 s of a gigabit link.
   */
  private static final long SPARED_BYTES = 32 * MEBIBYTE;

  /**
   * With fewer, the link carries at most twice what it must, and the second stage of tasks takes
   * longer than that: src/docs/lab/averaging.md.
   */
  private static final int FEWEST_REPLICAS = 4;

  /** Small beside an executor's heap, though a task holds a slice of every replica at once. */
  private static final int MOST_SLICE_BYTES = 4 * MEBIBYTE;

  /** Below, a task takes longer to start than to average. */
  private static final int LEAST_SLICE_BYTES = MEBIBYTE;

  /** Up to here Spark writes each slice straight to a file; beyond, it sorts them in memory. */
  private static final int MOST_SLICES = 200;

  private Reductions() {}

  /**
   * The reduction for a training run, which the log is told.
   *
   * @param wanted what the configuration says
   * @param replicas whose updates are averaged
   * @param state of the size that they all have
   */
  public static Reduction of(AveragingReduction wanted, int replicas, TrainingState state) {
    long bytes = bytes(state);
    String megabytes = String.format(Locale.ROOT, "%.1f", bytes / 1e6);
    if (isSliced(wanted, replicas, bytes)) {
      int slices = slices(replicas, bytes);
      LOG.info(
          "Averaging {} replicas on the executors, in {} slices: 2 x {} MB per round over the driver's link",
          replicas,
          slices,
          megabytes);
      return new SlicedReduction(slices);
    }
    LOG.info(
        "Averaging {} replicas on the driver: {} x {} MB per round over its link",
        replicas,
        replicas + 1,
        megabytes);
    return new DirectReduction();
  }

  /** Whether the updates are to be sliced. */
  static boolean isSliced(AveragingReduction wanted, int replicas, long stateBytes) {
    return switch (wanted) {
      case DIRECT -> false;
      case SLICED -> true;
      case AUTO -> replicas >= FEWEST_REPLICAS && (replicas - 1) * stateBytes >= SPARED_BYTES;
    };
  }

  /**
   * In how many slices: as many as there are replicas, so that all executors share the work, but of
   * neither more nor less than a task does well with.
   */
  static int slices(int replicas, long stateBytes) {
    long least = ceiling(stateBytes, MOST_SLICE_BYTES);
    long most = ceiling(stateBytes, LEAST_SLICE_BYTES);
    return (int) Math.min(MOST_SLICES, Math.max(least, Math.min(replicas, most)));
  }

  private static long bytes(TrainingState state) {
    return Float.BYTES * ((long) state.parameters().length + state.optimizerState().length);
  }

  private static long ceiling(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
