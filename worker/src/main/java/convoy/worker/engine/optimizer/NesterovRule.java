package convoy.worker.engine.optimizer;

import convoy.worker.network.OptimizerSpec;

/**
 * Gradient descent with Nesterov momentum; weight decay is added to the gradient first. The
 * parameters are those at the point looked ahead to, as in Bengio et al., "Advances in Optimizing
 * Recurrent Networks", 2012, section 3.5. In float and in DL4J's order of operations.
 */
final class NesterovRule implements UpdateRule {
  private final float momentum;
  private final float weightDecay;
  private float rate;

  NesterovRule(OptimizerSpec.Sgd sgd) {
    momentum = (float) sgd.momentum();
    weightDecay = (float) sgd.weightDecay();
  }

  @Override
  public int moments() {
    return 1;
  }

  @Override
  public void begin(double learningRate, long iteration) {
    rate = (float) learningRate;
  }

  @Override
  public void apply(
      float[] parameters, float[] gradients, float[][] moments, int count, boolean decayed) {
    float[] velocity = moments[0];
    // Fields in locals, and one index for all arrays: so the compiler makes it vector instructions.
    float kept = momentum;
    float ahead = -momentum - 1;
    float step = rate;
    float decay = decayed ? weightDecay : 0;
    for (int i = 0; i < count; i++) {
      float gradient = gradients[i] + decay * parameters[i];
      float before = kept * velocity[i];
      float after = before - step * gradient;
      velocity[i] = after;
      parameters[i] -= before + ahead * after;
    }
  }
}
