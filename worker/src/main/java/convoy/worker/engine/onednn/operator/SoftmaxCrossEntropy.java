package convoy.worker.engine.onednn.operator;

import convoy.worker.engine.Probabilities;
import convoy.worker.engine.onednn.plan.Onednn;
import convoy.worker.engine.onednn.plan.PlanBuilder;
import convoy.worker.engine.onednn.plan.Tensor;
import convoy.worker.image.minibatch.Minibatch;
import convoy.worker.network.TrainingLoss;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Softmax, and in training the cross-entropy of its probabilities against the labels. In training
 * its result is the gradient with respect to its input; in inference the probabilities are left in
 * the context, and nothing is written into its result.
 *
 * @param weight of this output's loss in the network's
 * @param loss of an image
 * @param isMain whether it is the output that the step reports on
 */
public record SoftmaxCrossEntropy(
    float weight, TrainingLoss loss, boolean isMain, StepContext context) implements Operator {
  @Override
  public Pass forward(PlanBuilder plan, List<Operand> inputs) {
    long[] shape = inputs.get(0).tensor().dimensions();
    Tensor logits = plan.relaid(inputs.get(0).tensor(), Onednn.rowMajor(shape));
    Tensor result = plan.tensor(Onednn.rowMajor(shape));
    float[] probabilities = new float[Math.toIntExact(shape[0] * shape[1])];
    int classes = (int) shape[1];
    if (!plan.training()) {
      context.predicted(probabilities);
    }
    plan.run(
        "softmax",
        operands -> {
          operands[0].get(0, probabilities);
          softmax(probabilities, classes);
          if (plan.training()) {
            report(probabilities, classes);
            gradient(probabilities, classes, operands[1]);
          }
        },
        logits,
        result);
    return new Pass(result, false, gradient -> List.of(gradient.tensor()));
  }

  /** Replaces the logits of each image by their softmax. */
  private static void softmax(float[] values, int classes) {
    for (int start = 0; start < values.length; start += classes) {
      float largest = Float.NEGATIVE_INFINITY;
      for (int c = start; c < start + classes; c++) {
        largest = Math.max(largest, values[c]);
      }
      double sum = 0;
      for (int c = start; c < start + classes; c++) {
        double exponential = Math.exp(values[c] - largest);
        values[c] = (float) exponential;
        sum += exponential;
      }
      for (int c = start; c < start + classes; c++) {
        values[c] = (float) (values[c] / sum);
      }
    }
  }

  private void report(float[] probabilities, int classes) {
    if (!isMain) {
      return;
    }
    Minibatch minibatch = context.minibatch();
    double lossSum = 0;
    int correct = 0;
    for (int i = 0; i < minibatch.count(); i++) {
      int label = minibatch.labels()[i];
      lossSum += Probabilities.loss(probabilities, i, classes, label, loss);
      correct += Probabilities.mostProbable(probabilities, i, classes) == label ? 1 : 0;
    }
    context.learnt(lossSum, correct);
  }

  /**
   * The probabilities minus the smoothed labels, times the weights of output and class, over the
   * number of images.
   */
  private void gradient(float[] probabilities, int classes, FloatBuffer target) {
    Minibatch minibatch = context.minibatch();
    double scale = weight / (double) minibatch.count();
    double smoothing = loss.labelSmoothing();
    double spread = smoothing / classes;
    for (int i = 0; i < minibatch.count(); i++) {
      int label = minibatch.labels()[i];
      double weighted = scale * loss.weight(label);
      for (int c = 0; c < classes; c++) {
        int place = i * classes + c;
        double truth = spread + (c == label ? 1 - smoothing : 0);
        probabilities[place] = (float) ((probabilities[place] - truth) * weighted);
      }
    }
    target.put(0, probabilities);
  }
}
