package convoy.driver.training.plan;

import convoy.worker.training.LearningRate;

/**
 * When replicas are averaged: how many steps a round has. A pure function of where the round
 * begins, so that a resumed training run has the same rounds. Where the epoch ends before, the
 * round ends with it.
 */
public sealed interface RoundLength {
  /**
   * The steps of the round that begins at {@code step}, 1 or more.
   *
   * @param learningRate of the training's steps
   * @param step local steps of the training run before the round, from 0
   */
  long steps(LearningRate learningRate, long step);

  /**
   * H steps.
   *
   * @param localSteps H, 1 or more
   */
  record Steps(int localSteps) implements RoundLength {
    @Override
    public long steps(LearningRate learningRate, long step) {
      return localSteps;
    }

    @Override
    public String toString() {
      return "averaged every %d".formatted(localSteps);
    }
  }

  /** As many as the epoch has. */
  record Epoch() implements RoundLength {
    @Override
    public long steps(LearningRate learningRate, long step) {
      return Long.MAX_VALUE;
    }

    @Override
    public String toString() {
      return "averaged at its end";
    }
  }

  /**
   * One step in the first part of the training run, H after it (Lin et al., "Don't Use Large
   * Mini-Batches, Use Local SGD", 2018: post-local SGD).
   *
   * @param share of the training run that is the first part, 0 to 1
   * @param localSteps H, 1 or more
   */
  record PostLocal(double share, int localSteps) implements RoundLength {
    @Override
    public long steps(LearningRate learningRate, long step) {
      return step < share * learningRate.steps() ? 1 : localSteps;
    }

    @Override
    public String toString() {
      return "averaged after every step, and after a share of %s of the run every %d steps"
          .formatted(share, localSteps);
    }
  }

  /**
   * {@code max(H, floor((alpha / learning rate)^2))}: the lower the rate, the more slowly the
   * replicas move apart (Gu et al., "A Quadratic Synchronization Rule for Distributed Deep
   * Learning", 2023, equation 2). The rate is that of the round's first step; before the rate's
   * peak it is the peak's, as the paper advises for warm-up: the rule is meant for rates that fall.
   *
   * @param alpha above 0, in units of the learning rate
   * @param localSteps H, the least, 1 or more
   */
  record Quadratic(double alpha, int localSteps) implements RoundLength {
    /** Keeps a quotient that is whole on paper from falling short, as that of 0.3 and 0.1 does. */
    private static final double ROUNDING = 1 + 1e-12;

    @Override
    public long steps(LearningRate learningRate, long step) {
      double rate = learningRate.at(Math.max(step, learningRate.peakStep()));
      double quotient = alpha / rate * ROUNDING;
      return Math.max(localSteps, (long) Math.floor(quotient * quotient));
    }

    @Override
    public String toString() {
      return "averaged every max(%d, (%s / learning rate)^2)".formatted(localSteps, alpha);
    }
  }
}
