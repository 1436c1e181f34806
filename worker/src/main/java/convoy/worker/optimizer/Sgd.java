package convoy.worker.optimizer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.learning.config.Nesterovs;

/**
 * Stochastic gradient descent with Nesterov momentum (Sutskever et al., "On the importance of
 * initialization and momentum in deep learning", 2013, section 2); weight decay is added to the
 * gradient of weights, not of biases and batch normalization. Its one moment is the velocity.
 *
 * @param momentum 0 to 1; 0 is plain gradient descent
 * @param weightDecay coefficient, 0 or more
 */
public record Sgd(double momentum, double weightDecay) implements OptimizerSpec {
  @Override
  public void configure(NeuralNetConfiguration.Builder builder) {
    builder.updater(new Nesterovs(PLACEHOLDER_LEARNING_RATE, momentum));
    if (weightDecay > 0) {
      builder.l2(weightDecay);
    }
  }

  @Override
  public int moments() {
    return 1;
  }

  @Override
  public UpdateRule rule() {
    return new Rule(this);
  }

  /**
   * Weight decay is added to the gradient first. The parameters are those at the point looked ahead
   * to, as in Bengio et al., "Advances in Optimizing Recurrent Networks", 2012, section 3.5. In
   * float and in DL4J's order of operations.
   */
  private static final class Rule implements UpdateRule {
    private final float momentum;
    private final float weightDecay;
    private float rate;

    Rule(Sgd sgd) {
      momentum = (float) sgd.momentum();
      weightDecay = (float) sgd.weightDecay();
    }

    @Override
    public void begin(double learningRate, long iteration) {
      rate = (float) learningRate;
    }

    @Override
    public void apply(
        float[] parameters, float[] gradients, float[][] moments, int count, boolean decayed) {
      float[] velocity = moments[0];
      // Fields in locals, one index for all arrays: so the compiler makes it vector instructions.
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
}
