package convoy.worker.engine.dl4j;

import convoy.worker.image.ImageShape;
import convoy.worker.image.Minibatch;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The off-heap arrays that carry minibatches to DL4J, one pair for each size that occurs (in a
 * training two: the full minibatch and the last of a shard), so that no step allocates.
 */
final class Dl4jMinibatch implements AutoCloseable {
  private final int classes;
  private final Map<Integer, INDArray> images = new HashMap<>();
  private final Map<Integer, INDArray> labels = new HashMap<>();

  Dl4jMinibatch(int classes) {
    this.classes = classes;
  }

  /** The images, float32 {@code [N, C, H, W]}; the same array at every call of that size. */
  INDArray images(Minibatch minibatch) {
    int count = minibatch.count();
    ImageShape shape = minibatch.shape();
    INDArray array =
        images.computeIfAbsent(
            count,
            n ->
                Nd4j.createUninitialized(
                    DataType.FLOAT, n, shape.channels(), shape.height(), shape.width()));
    write(minibatch.images(), count * shape.pixels(), array);
    return array;
  }

  /**
   * The labels, one-hot float32 {@code [N, classes]}; the same array at every call of that size.
   */
  INDArray labels(Minibatch minibatch) {
    int count = minibatch.count();
    INDArray array =
        labels.computeIfAbsent(count, n -> Nd4j.createUninitialized(DataType.FLOAT, n, classes));
    float[] oneHot = new float[count * classes];
    for (int i = 0; i < count; i++) {
      oneHot[i * classes + minibatch.labels()[i]] = 1;
    }
    write(oneHot, oneHot.length, array);
    return array;
  }

  private static void write(float[] values, int length, INDArray array) {
    new FloatPointer(array.data().pointer()).put(values, 0, length);
  }

  @Override
  public void close() {
    images.values().forEach(INDArray::close);
    labels.values().forEach(INDArray::close);
  }
}
