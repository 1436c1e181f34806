package convoy.worker.evaluation;

import convoy.worker.engine.InferenceNetwork;
import convoy.worker.engine.Probabilities;
import convoy.worker.image.Preprocessing;
import convoy.worker.image.minibatch.Minibatch;
import convoy.worker.image.minibatch.MinibatchAssembler;
import convoy.worker.image.shard.ImageShard;

/** Evaluates a network on every image of a shard, the last partial minibatch included. */
public final class Evaluator {
  private Evaluator() {}

  /**
   * The evaluation of {@code network} on {@code shard}.
   *
   * @param preprocessing of the shard's images
   * @param classes of the network; labels must be below
   * @param batchSize images a forward pass
   */
  public static Evaluation evaluate(
      InferenceNetwork network,
      ImageShard shard,
      Preprocessing preprocessing,
      int classes,
      int batchSize) {
    MinibatchAssembler assembler = new MinibatchAssembler(shard, preprocessing, batchSize);
    ConfusionMatrix matrix = new ConfusionMatrix(classes);
    double lossSum = 0;
    for (int from = 0; from < shard.count(); from += batchSize) {
      Minibatch minibatch = assembler.assemble(from, Math.min(shard.count(), from + batchSize));
      float[] probabilities = network.predict(minibatch);
      for (int i = 0; i < minibatch.count(); i++) {
        int label = minibatch.labels()[i];
        matrix.count(label, Probabilities.mostProbable(probabilities, i, classes));
        lossSum += Probabilities.crossEntropy(probabilities, i, classes, label);
      }
    }
    return new Evaluation(matrix, lossSum);
  }
}
