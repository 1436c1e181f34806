package convoy.worker.training;

import java.io.Serializable;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The learning rate of every step of a training run: a pure function of the step's number, so that
 * a step has the same rate on whichever replica, however the steps are cut into rounds, and after a
 * resume.
 *
 * @param peak the rate where the schedule's share is 1, above 0
 * @param schedule its course over what follows the warm-up
 * @param warmUp share of the training run, 0 or more and less than 1, in which the rate rises
 *     straight from 0 to the schedule's start (Goyal et al., "Accurate, Large Minibatch SGD:
 *     Training ImageNet in 1 Hour", 2017, section 2.2)
 * @param steps of each replica in the whole training, 1 or more
 */
public record LearningRate(double peak, LearningRateSchedule schedule, double warmUp, long steps)
    implements Serializable {
  private static final int SHOWN_POINTS = 4;

  /** The rate {@code rate} in each of {@code steps} steps. */
  public static LearningRate constant(double rate, long steps) {
    return new LearningRate(rate, new LearningRateSchedule.Constant(), 0, steps);
  }

  /**
   * The rate of a step. A step stands for its middle, so that a rate which starts or ends at 0 is
   * nowhere 0.
   *
   * @param step steps taken before it since the training run began, from 0
   */
  public double at(long step) {
    return ofProgress((step + 0.5) / steps);
  }

  /**
   * The first step whose middle is at the peak or past it: from there on the rate does not rise.
   */
  public long peakStep() {
    double progress = warmUp + (1 - warmUp) * schedule.peakAt();
    return Math.min(steps - 1, Math.max(0, (long) Math.ceil(progress * steps - 0.5)));
  }

  private double ofProgress(double progress) {
    double share =
        progress < warmUp
            ? progress / warmUp * schedule.share(0)
            : schedule.share((progress - warmUp) / (1 - warmUp));
    return peak * share;
  }

  /** The course at five points. */
  @Override
  public String toString() {
    return IntStream.rangeClosed(0, SHOWN_POINTS)
        .mapToObj(
            point ->
                String.format(
                    Locale.ROOT,
                    "%.5g at %d %%",
                    at(Math.round((double) point / SHOWN_POINTS * (steps - 1))),
                    100 * point / SHOWN_POINTS))
        .collect(Collectors.joining(", "));
  }
}
