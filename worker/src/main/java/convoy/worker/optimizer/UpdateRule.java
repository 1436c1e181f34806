package convoy.worker.optimizer;

/** How one step changes parameters and their moments: plain arithmetic on short arrays. */
public interface UpdateRule {
  /**
   * Sets what is the same for all parameters of a step.
   *
   * @param iteration the steps taken before this one
   */
  void begin(double learningRate, long iteration);

  /**
   * Updates {@code count} parameters and their moments in place; all arrays start with the first of
   * them.
   *
   * @param gradients means over the minibatch, without weight decay
   * @param moments {@code [moments][count or more]}
   */
  void apply(float[] parameters, float[] gradients, float[][] moments, int count, boolean decayed);
}
