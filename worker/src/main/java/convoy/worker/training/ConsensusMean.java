package convoy.worker.training;

/**
 * The mean of the consensus over the rounds of a training run: the parameters that are evaluated
 * and published, while training continues from the consensus itself. It is a running mean, {@code
 * mean' = mean + weight (consensus - mean)}, whose weights depend only on the place of the round in
 * the training run, counted in epochs. So they do not change with the local steps, and a resumed
 * training run has the same ones. Batch-norm means and variances are averaged with the rest.
 *
 * @param kind how the rounds are weighted
 * @param halfLife of {@code EXPONENTIAL}: epochs after which a consensus counts half as much, above
 *     0; without meaning for the others
 * @param share of {@code TAIL}: the part of the run's epochs that it spans, above 0 to 1; without
 *     meaning for the others
 */
public record ConsensusMean(Kind kind, double halfLife, double share) {
  /** How the rounds of a training run are weighted. */
  public enum Kind {
    /** No mean: the consensus itself is evaluated. */
    NONE,
    /**
     * Weights that halve with age: Polyak averaging in its exponential form, as in Tarvainen and
     * Valpola, "Mean teachers are better role models", 2017, section 2; corrected for the start as
     * in Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2014, section 7.2, so that
     * the initial parameters have no part in it.
     */
    EXPONENTIAL,
    /**
     * Equal weights over the last part of the training run, a round by how much of it is in that
     * part (Izmailov et al., "Averaging Weights Leads to Wider Optima and Better Generalization",
     * 2018, algorithm 1, once a round instead of once a cycle). No mean before that part.
     */
    TAIL
  }

  private static final float[] NO_MEAN = {};

  /**
   * The mean after a round.
   *
   * @param mean before the round, of length 0 if there is none
   * @param consensus parameters after the round
   * @param from epochs done before the round, a fraction within an epoch; 0 or more
   * @param to epochs done after it, above {@code from}
   * @param epochs of the whole training
   * @return float32, computed in double; of length 0 if there is none
   */
  public float[] next(float[] mean, float[] consensus, double from, double to, double epochs) {
    double weight = weight(from, to, epochs);
    if (weight == 0) {
      return NO_MEAN;
    }
    if (weight == 1 || mean.length == 0) {
      return consensus;
    }
    float[] next = new float[consensus.length];
    for (int i = 0; i < next.length; i++) {
      next[i] = (float) (mean[i] + weight * ((double) consensus[i] - mean[i]));
    }
    return next;
  }

  /** The share of the newest consensus in the mean: 0 without a mean, 1 in its first round. */
  private double weight(double from, double to, double epochs) {
    return switch (kind) {
      case NONE -> 0;
      case EXPONENTIAL -> (1 - faded(to - from)) / (1 - faded(to));
      case TAIL -> {
        double start = epochs * (1 - share);
        yield to <= start ? 0 : Math.min(1, (to - from) / (to - start));
      }
    };
  }

  /** What is left of a weight of 1 after {@code age} epochs. */
  private double faded(double age) {
    return StrictMath.pow(0.5, age / halfLife);
  }
}
