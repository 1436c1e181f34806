package convoy.worker.network;

import convoy.worker.image.ImageShape;
import convoy.worker.image.minibatch.Minibatch;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Minibatches as ND4J arrays, on whatever device ND4J computes. Each call makes a new array, which
 * lies outside the Java heap: close it, rather than leave it to the garbage collector.
 */
public final class Dl4jArrays {
  static {
    Dl4jRuntime.prepare();
  }

  private Dl4jArrays() {}

  /** The images, float32 {@code [N, C, H, W]}. */
  public static INDArray images(Minibatch minibatch) {
    ImageShape shape = minibatch.shape();
    int count = minibatch.count();
    return Nd4j.create(
        Arrays.copyOf(minibatch.images(), count * shape.pixels()),
        new long[] {count, shape.channels(), shape.height(), shape.width()},
        'c');
  }

  /**
   * The labels as distributions, float32 {@code [N, classes]}: one-hot, or smoothed as {@code loss}
   * says, and multiplied by the weight of the label's class.
   */
  public static INDArray labels(Minibatch minibatch, int classes, TrainingLoss loss) {
    int count = minibatch.count();
    double smoothing = loss.labelSmoothing();
    float[] distributions = new float[Math.multiplyExact(count, classes)];
    for (int i = 0; i < count; i++) {
      int label = minibatch.labels()[i];
      double weight = loss.weight(label);
      int start = i * classes;
      Arrays.fill(distributions, start, start + classes, (float) (weight * smoothing / classes));
      distributions[start + label] = (float) (weight * (1 - smoothing + smoothing / classes));
    }
    return Nd4j.create(distributions, new long[] {count, classes}, 'c');
  }
}
