package convoy.worker.optimizer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Adam (Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2014, algorithm 1) with
 * decoupled weight decay (Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2017,
 * algorithm 2) on weights, not on biases and batch normalization. Its moments are the mean of the
 * gradients and that of their squares.
 *
 * @param beta1 decay of the first moment, 0 to 1
 * @param beta2 decay of the second moment, 0 to 1
 * @param epsilon added to the root of the second moment, above 0
 * @param weightDecay coefficient, multiplied with the learning rate; 0 or more
 */
public record AdamW(double beta1, double beta2, double epsilon, double weightDecay)
    implements OptimizerSpec {
  @Override
  public void configure(NeuralNetConfiguration.Builder builder) {
    builder.updater(new Adam(PLACEHOLDER_LEARNING_RATE, beta1, beta2, epsilon));
    if (weightDecay > 0) {
      builder.weightDecay(weightDecay, true);
    }
  }

  @Override
  public int moments() {
    return 2;
  }

  @Override
  public UpdateRule rule() {
    return new Rule(this);
  }

  /**
   * The form that the first paper's section 2 ends with: the bias corrections of both moments are
   * drawn together into the step size, epsilon is added to the root of the uncorrected second
   * moment. In float and in DL4J's order of operations.
   */
  private static final class Rule implements UpdateRule {
    private final float beta1;
    private final float beta2;
    private final float epsilon;
    private final double weightDecay;
    private float stepSize;
    private float decay;

    Rule(AdamW adam) {
      beta1 = (float) adam.beta1();
      beta2 = (float) adam.beta2();
      epsilon = (float) adam.epsilon();
      weightDecay = adam.weightDecay();
    }

    @Override
    public void begin(double learningRate, long iteration) {
      double steps = (double) (iteration + 1);
      float beta1Power = (float) Math.pow(beta1, steps);
      float beta2Power = (float) Math.pow(beta2, steps);
      float root = (float) Math.sqrt((float) (1.0 - beta2Power));
      stepSize = (float) ((float) learningRate * root / (1.0 - beta1Power));
      decay = (float) (weightDecay * learningRate);
    }

    @Override
    public void apply(
        float[] parameters, float[] gradients, float[][] moments, int count, boolean decayed) {
      float[] mean = moments[0];
      float[] square = moments[1];
      // Fields in locals, one index for all arrays: so the compiler makes it vector instructions.
      float keptMean = beta1;
      float keptSquare = beta2;
      float addend = epsilon;
      float size = stepSize;
      float shrinkage = decayed ? decay : 0;
      for (int i = 0; i < count; i++) {
        float gradient = gradients[i];
        float newMean = keptMean * mean[i] + gradient * (1 - keptMean);
        float newSquare = keptSquare * square[i] + gradient * gradient * (1 - keptSquare);
        float change = newMean * size / ((float) Math.sqrt(newSquare) + addend);
        mean[i] = newMean;
        square[i] = newSquare;
        parameters[i] -= change + shrinkage * parameters[i];
      }
    }
  }
}
