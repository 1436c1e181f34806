package convoy.worker.training;

import convoy.worker.engine.RunningStatistics;
import convoy.worker.engine.RunningStatistics.Run;
import java.util.Arrays;

/**
 * The step that the driver takes, after each round, from the consensus that the replicas started
 * from towards their average: a pure function. With {@code x} the old consensus, {@code a} the
 * average, {@code d = a - x}, {@code v} the outer momentum (0 at the start), {@code mu} its share
 * that is kept and {@code eta} the outer learning rate, {@link Kind} has the formula of each.
 *
 * <p>All of them are one formula with other coefficients, which is how they are computed, in
 * double:
 *
 * <pre>
 * x' = a + (reach - 1) d + carry v
 * v' = mu v + gain d
 * </pre>
 *
 * <p>It starts from the average instead of the old consensus, so that a step whose correction is 0
 * gives the average bit for bit, which {@code x + (a - x)} does not. Batch-norm means and variances
 * are always the average: a variance carried on by a momentum could end below 0.
 *
 * @param kind the formula
 * @param momentum {@code mu}, 0 to less than 1; without meaning for {@code AVERAGE} and {@code
 *     LOOKAHEAD}
 * @param learningRate {@code eta}, above 0; without meaning for {@code AVERAGE}
 */
public record OuterStep(Kind kind, double momentum, double learningRate) {
  /** The formula of a step. */
  public enum Kind {
    /** {@code x' = a}: McMahan et al., see {@link ReplicaAverage}. No momentum. */
    AVERAGE,
    /**
     * Classical block momentum: {@code v' = mu v + eta d; x' = x + v'}. Chen and Huo, "Scalable
     * Training of Deep Learning Machines by Incremental Block Training with Intra-block Parallel
     * Optimization and Blockwise Model-Update Filtering", 2016. Their Nesterov form starts the
     * replicas from {@code x' + mu v'} instead; that is {@link #NESTEROV}, whose {@code v} is
     * theirs divided by {@code eta}, so it is not here a second time. The plain average with {@code
     * mu = 0, eta = 1}.
     */
    BMUF,
    /**
     * Slow momentum: {@code v' = mu v + d / gamma; x' = x + eta gamma v'}, with {@code gamma} the
     * inner learning rate: momentum is counted in steps of rate 1, so that it shrinks with a
     * schedule that lowers the rate. Wang et al., "SlowMo: Improving Communication-Efficient
     * Distributed SGD with Slow Momentum", 2019, algorithm 1, where {@code u = -v}, {@code beta =
     * mu} and {@code alpha = eta}. The plain average with {@code mu = 0, eta = 1}.
     */
    SLOWMO,
    /**
     * Nesterov momentum on the outer gradient {@code -d}: {@code v' = mu v + d; x' = x + eta (d +
     * mu v')}. Douillard et al., "DiLoCo: Distributed Low-Communication Training of Language
     * Models", 2023, algorithm 1, with Nesterov momentum as PyTorch's SGD has it, which they use.
     * The plain average with {@code mu = 0, eta = 1}.
     */
    NESTEROV,
    /**
     * Part of the way: {@code x' = x + eta d}. Zhang et al., "Lookahead Optimizer: k steps forward,
     * 1 step back", 2019, algorithm 1, with all replicas together as the fast weights, {@code alpha
     * = eta} and {@code k} the local steps. No momentum. The plain average with {@code eta = 1}.
     */
    LOOKAHEAD;

    /** Whether it has a momentum to keep from round to round. */
    public boolean hasMomentum() {
      return this == BMUF || this == SLOWMO || this == NESTEROV;
    }
  }

  private static final float[] NO_MOMENTUM = {};

  /** Where a step led. The arrays are shared, not copied, and must not be changed. */
  public static final class Result {
    private final float[] parameters;
    private final float[] momentum;

    private Result(float[] parameters, float[] momentum) {
      this.parameters = parameters;
      this.momentum = momentum;
    }

    /** The new consensus, float32. */
    public float[] parameters() {
      return parameters;
    }

    /** As long as the parameters, 0 at batch-norm statistics; of length 0 without momentum. */
    public float[] momentum() {
      return momentum;
    }
  }

  private record Coefficients(double reach, double carry, double gain) {}

  /**
   * The step from one consensus to the next.
   *
   * @param previous parameters that the replicas started from
   * @param average of the parameters that they came to
   * @param momentum of the step before; of length 0 for 0 throughout
   * @param innerLearningRate mean of the rates of the round's local steps, 0 or more; at 0, or so
   *     near that its reciprocal is infinite, the replicas stood still, and nothing is added to the
   *     momentum of {@link Kind#SLOWMO}
   * @param statistics which parameters are batch-norm statistics
   */
  public Result from(
      float[] previous,
      float[] average,
      float[] momentum,
      double innerLearningRate,
      RunningStatistics statistics) {
    if (kind == Kind.AVERAGE) {
      return new Result(average, NO_MOMENTUM);
    }
    Coefficients coefficients = coefficients(innerLearningRate);
    float[] parameters = new float[average.length];
    float[] after = kind.hasMomentum() ? new float[average.length] : NO_MOMENTUM;
    for (int i = 0; i < parameters.length; i++) {
      double progress = (double) average[i] - previous[i];
      double before = momentum.length == 0 ? 0 : momentum[i];
      double correction = (coefficients.reach() - 1) * progress + coefficients.carry() * before;
      // A zero is not added: -0 + 0 has other bits than -0.
      parameters[i] = correction == 0 ? average[i] : (float) (average[i] + correction);
      if (kind.hasMomentum()) {
        after[i] = (float) (this.momentum * before + coefficients.gain() * progress);
      }
    }
    for (Run run : statistics.runs()) {
      System.arraycopy(average, run.offset(), parameters, run.offset(), run.length());
      if (kind.hasMomentum()) {
        Arrays.fill(after, run.offset(), run.offset() + run.length(), 0);
      }
    }
    return new Result(parameters, after);
  }

  private Coefficients coefficients(double innerLearningRate) {
    return switch (kind) {
      case AVERAGE -> new Coefficients(1, 0, 0);
      case BMUF -> new Coefficients(learningRate, momentum, learningRate);
      case SLOWMO ->
          new Coefficients(
              learningRate,
              learningRate * innerLearningRate * momentum,
              Double.isInfinite(1 / innerLearningRate) ? 0 : 1 / innerLearningRate);
      case NESTEROV ->
          new Coefficients(learningRate * (1 + momentum), learningRate * momentum * momentum, 1);
      case LOOKAHEAD -> new Coefficients(learningRate, 0, 0);
    };
  }
}
