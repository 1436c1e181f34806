package convoy.worker.training;

import java.io.Serializable;
import java.util.List;

/**
 * The course of a learning rate over a training run: a pure function from progress to the share of
 * the peak rate. Progress runs from 0, the end of the warm-up, to 1, the end of the training run.
 * Powers and cosines are StrictMath's: the same bits on every JVM.
 */
public sealed interface LearningRateSchedule extends Serializable {
  /**
   * The share of the peak rate.
   *
   * @param progress 0 to 1
   * @return 0 or more
   */
  double share(double progress);

  /** The progress from which on the share does not rise, 0 or more and less than 1. */
  default double peakAt() {
    return 0;
  }

  /** The peak rate throughout. */
  record Constant() implements LearningRateSchedule {
    @Override
    public double share(double progress) {
      return 1;
    }
  }

  /**
   * The peak rate, multiplied by {@code factor} at each milestone (He et al., "Deep Residual
   * Learning for Image Recognition", 2015, section 4.2: 0.1 at one half and at three quarters).
   *
   * @param milestones progress, each above 0 and below 1
   * @param factor above 0, at most 1
   */
  record Step(List<Double> milestones, double factor) implements LearningRateSchedule {
    /** Keeps its own copy of the milestones. */
    public Step {
      milestones = List.copyOf(milestones);
    }

    @Override
    public double share(double progress) {
      long passed = milestones.stream().filter(milestone -> progress >= milestone).count();
      return StrictMath.pow(factor, (double) passed);
    }
  }

  /**
   * Half a period of the cosine, from the peak rate to {@code end} (Loshchilov and Hutter, "SGDR:
   * Stochastic Gradient Descent with Warm Restarts", 2016, equation 5, one run without restarts).
   *
   * @param end share of the peak rate at the end, 0 to 1
   */
  record Cosine(double end) implements LearningRateSchedule {
    @Override
    public double share(double progress) {
      return end + (1 - end) * (1 + StrictMath.cos(Math.PI * progress)) / 2;
    }
  }

  /**
   * A triangle: straight up from {@code start} to the peak rate and straight down to {@code end}
   * (Smith and Topin, "Super-Convergence: Very Fast Training of Neural Networks Using Large
   * Learning Rates", 2017, section 3).
   *
   * @param peakAt progress at the peak, above 0 and below 1
   * @param start share of the peak rate at the start, 0 to 1
   * @param end share of the peak rate at the end, 0 to 1
   */
  record OneCycle(double peakAt, double start, double end) implements LearningRateSchedule {
    @Override
    public double share(double progress) {
      return progress < peakAt
          ? start + (1 - start) * progress / peakAt
          : end + (1 - end) * (1 - progress) / (1 - peakAt);
    }
  }

  /**
   * A power of what is left of the training run, from the peak rate to {@code end} (Liu et al.,
   * "ParseNet: Looking Wider to See Better", 2015, where it is called poly).
   *
   * @param power above 0; 1 is a straight line
   * @param end share of the peak rate at the end, 0 to 1
   */
  record Polynomial(double power, double end) implements LearningRateSchedule {
    @Override
    public double share(double progress) {
      return end + (1 - end) * StrictMath.pow(1 - progress, power);
    }
  }
}
