package convoy.worker.prediction;

import convoy.worker.engine.Engine;
import convoy.worker.engine.InferenceNetwork;
import convoy.worker.engine.TestTimeFlip;
import convoy.worker.image.ImageShape;
import convoy.worker.image.minibatch.MinibatchAssembler;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.image.shard.PackedImages;
import convoy.worker.model.InferenceModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An inference model, open for classifying. It takes pixels as they are stored and names classes.
 */
public final class Classifier implements AutoCloseable {
  private final InferenceModel model;
  private final List<String> labels;
  private final int batchSize;
  private final int topK;
  private final InferenceNetwork network;

  /**
   * Opens the model.
   *
   * @param batchSize images of one forward pass, 1 or more
   * @param topK classes listed for each image, 1 or more; where the model has fewer, all of them
   * @param flip whether the network looks at mirror images too
   */
  public Classifier(
      InferenceModel model, Engine engine, int batchSize, int topK, TestTimeFlip flip) {
    this.model = model;
    this.labels = model.labels();
    this.batchSize = batchSize;
    this.topK = Math.min(topK, labels.size());
    this.network =
        flip.applyTo(engine.openInference(model.network(), model.parameters(), batchSize));
  }

  /**
   * Classifies any number of images, a batch at a time, the last one as large as is left.
   *
   * @param images uint8 {@code [C][H][W]} each, of the stored shape of the model's preprocessing
   * @return one classification per image, in order
   */
  public List<Classification> classify(List<byte[]> images) {
    List<Classification> classifications = new ArrayList<>(images.size());
    for (int from = 0; from < images.size(); from += batchSize) {
      int to = Math.min(images.size(), from + batchSize);
      classifyBatch(images.subList(from, to), classifications);
    }
    return classifications;
  }

  private void classifyBatch(List<byte[]> batch, List<Classification> classifications) {
    MinibatchAssembler assembler =
        new MinibatchAssembler(shard(batch), model.preprocessing(), batch.size());
    float[] probabilities = network.predict(assembler.assemble(0, batch.size()));
    for (int i = 0; i < batch.size(); i++) {
      classifications.add(top(probabilities, i * labels.size()));
    }
  }

  private ImageShard shard(List<byte[]> batch) {
    ImageShape shape = model.preprocessing().storedShape();
    byte[] pixels = new byte[batch.size() * shape.pixels()];
    for (int i = 0; i < batch.size(); i++) {
      byte[] image = batch.get(i);
      if (image.length != shape.pixels()) {
        throw new IllegalArgumentException(
            "Cannot classify an image of %d values: the model takes %s"
                .formatted(image.length, shape));
      }
      System.arraycopy(image, 0, pixels, i * shape.pixels(), shape.pixels());
    }
    return new PackedImages(shape, pixels, new char[batch.size()]);
  }

  private Classification top(float[] probabilities, int start) {
    return new Classification(
        IntStream.range(0, labels.size())
            .boxed()
            .sorted(Comparator.comparing(c -> -probabilities[start + c]))
            .limit(topK)
            .map(c -> LabelProbability.of(labels.get(c), probabilities[start + c]))
            .toList());
  }

  /** Frees the network. */
  @Override
  public void close() {
    network.close();
  }
}
