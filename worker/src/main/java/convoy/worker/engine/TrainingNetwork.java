package convoy.worker.engine;

import convoy.worker.image.minibatch.Minibatch;

/**
 * A network that learns. It holds parameters, optimizer state and an iteration count, all of which
 * {@link #load} replaces. Used by one thread at a time.
 */
public interface TrainingNetwork extends AutoCloseable {
  /**
   * Replaces everything that it has learnt.
   *
   * @param parameters the flat parameter vector, float32; batch-norm means and variances are among
   *     its entries
   * @param optimizerState the flat state of the optimizer, float32; of length 0 for that of an
   *     optimizer which has taken no step
   * @param iteration steps of the training run so far (Adam's bias correction needs it)
   * @throws IllegalArgumentException if a length is not this network's
   */
  void load(float[] parameters, float[] optimizerState, long iteration);

  /** A copy of the flat parameter vector, in DL4J's order, float32. */
  float[] parameters();

  /** A copy of the optimizer's flat state, float32; of length 0 if it has none. */
  float[] optimizerState();

  /**
   * One step of the optimizer on one minibatch.
   *
   * @param learningRate the step size
   * @param dropoutSeed determines the dropout masks
   */
  StepResult step(Minibatch minibatch, double learningRate, long dropoutSeed);

  /** Frees its memory. */
  @Override
  void close();
}
