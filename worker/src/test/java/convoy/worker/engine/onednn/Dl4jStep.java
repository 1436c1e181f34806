package convoy.worker.engine.onednn;

import convoy.worker.image.minibatch.Minibatch;
import convoy.worker.network.TrainingLoss;
import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One training step of a DL4J graph and what it saw: the oracle for the engine's. */
final class Dl4jStep {
  private final float[] gradients;
  private final float[] probabilities;
  private final double lossSum;
  private final float[] parameters;

  private Dl4jStep(float[] gradients, float[] probabilities, double lossSum, float[] parameters) {
    this.gradients = gradients;
    this.probabilities = probabilities;
    this.lossSum = lossSum;
    this.parameters = parameters;
  }

  /** Takes a step of {@code graph}. */
  static Dl4jStep of(
      ComputationGraph graph, Minibatch minibatch, TrainingLoss loss, double learningRate) {
    INDArray images = images(minibatch);
    float[] probabilities = graph.output(true, images)[0].dup('c').data().asFloat();
    INDArray targets = labels(minibatch, probabilities.length / minibatch.count(), loss);
    INDArray[] labels = new INDArray[graph.getNumOutputArrays()];
    Arrays.fill(labels, targets);
    graph.setInputs(images);
    graph.setLabels(labels);
    graph.computeGradientAndScore();
    float[] gradients = graph.getGradientsViewArray().toFloatVector();
    for (int i = 0; i < gradients.length; i++) {
      gradients[i] /= minibatch.count();
    }
    graph.setLearningRate(learningRate);
    graph.fit(new INDArray[] {images}, labels);
    return new Dl4jStep(
        gradients,
        probabilities,
        crossEntropy(targets.data().asFloat(), probabilities),
        graph.params().toFloatVector());
  }

  /**
   * The gradients of the mean loss over the minibatch, in the order of the flat parameters, without
   * weight decay; at batch-norm means and variances, not gradients but DL4J's changes.
   */
  float[] gradients() {
    return gradients;
  }

  /** The cross-entropy of the first output with these labels, in nats, summed. */
  double lossSum() {
    return lossSum;
  }

  /** The flat parameters after the step. */
  float[] parameters() {
    return parameters;
  }

  static INDArray images(Minibatch minibatch) {
    int count = minibatch.count();
    return Nd4j.createFromArray(
            Arrays.copyOf(minibatch.images(), count * minibatch.shape().pixels()))
        .reshape(
            count,
            minibatch.shape().channels(),
            minibatch.shape().height(),
            minibatch.shape().width());
  }

  /** Images whose most probable class is their label. */
  int correct(Minibatch minibatch) {
    int classes = probabilities.length / minibatch.count();
    int correct = 0;
    for (int i = 0; i < minibatch.count(); i++) {
      int best = 0;
      for (int c = 1; c < classes; c++) {
        best = probabilities[i * classes + c] > probabilities[i * classes + best] ? c : best;
      }
      correct += best == minibatch.labels()[i] ? 1 : 0;
    }
    return correct;
  }

  /** The labels as distributions times their weights, {@code [count, classes]}. */
  static INDArray labels(Minibatch minibatch, int classes, TrainingLoss loss) {
    float[] targets = new float[minibatch.count() * classes];
    double smoothing = loss.labelSmoothing();
    Arrays.fill(targets, (float) (smoothing / classes));
    for (int i = 0; i < minibatch.count(); i++) {
      int label = minibatch.labels()[i];
      targets[i * classes + label] += (float) (1 - smoothing);
      for (int c = 0; c < classes; c++) {
        targets[i * classes + c] *= (float) loss.weight(label);
      }
    }
    return Nd4j.createFromArray(targets).reshape(minibatch.count(), classes);
  }

  private static double crossEntropy(float[] targets, float[] probabilities) {
    double sum = 0;
    for (int i = 0; i < targets.length; i++) {
      sum -= targets[i] == 0 ? 0 : targets[i] * Math.log(Math.max(probabilities[i], 1e-10));
    }
    return sum;
  }
}
