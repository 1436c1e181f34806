package convoy.worker.engine.optimizer;

import convoy.worker.network.OptimizerSpec;

/**
 * Adam with decoupled weight decay, in the form that the first paper's section 2 ends with: the
 * bias corrections of both moments are drawn together into the step size, epsilon is added to the
 * root of the uncorrected second moment. In float and in DL4J's order of operations.
 */
final class AdamRule implements UpdateRule {
  private final float beta1;
  private final float beta2;
  private final float epsilon;
  private final double weightDecay;
  private float stepSize;
  private float decay;

  AdamRule(OptimizerSpec.AdamW adam) {
    beta1 = (float) adam.beta1();
    beta2 = (float) adam.beta2();
    epsilon = (float) adam.epsilon();
    weightDecay = adam.weightDecay();
  }

  @Override
  public int moments() {
    return 2;
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
    // Fields in locals, and one index for all arrays: so the compiler makes it vector instructions.
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
