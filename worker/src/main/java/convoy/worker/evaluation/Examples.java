package convoy.worker.evaluation;

import convoy.worker.engine.InferenceNetwork;
import convoy.worker.engine.Probabilities;
import convoy.worker.evaluation.Example.Group;
import convoy.worker.image.Preprocessing;
import convoy.worker.image.minibatch.Minibatch;
import convoy.worker.image.minibatch.MinibatchAssembler;
import convoy.worker.image.shard.ImageShard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Chooses the {@link Example}s of evaluated images; the same images give the same. */
public final class Examples {
  /** Of each group. */
  private static final int MOST = 12;

  /** Of each shard; more are not looked at, since a few examples need no more. */
  private static final int MOST_IMAGES = 2_000;

  private Examples() {}

  /**
   * The examples of a shard.
   *
   * @param preprocessing of the shard's images
   * @param classes of the network
   * @param batchSize images of one forward pass
   */
  public static List<Example> of(
      InferenceNetwork network,
      ImageShard shard,
      Preprocessing preprocessing,
      int classes,
      int batchSize) {
    MinibatchAssembler assembler = new MinibatchAssembler(shard, preprocessing, batchSize);
    List<Example> chosen = new ArrayList<>();
    int count = Math.min(MOST_IMAGES, shard.count());
    for (int from = 0; from < count; from += batchSize) {
      Minibatch minibatch = assembler.assemble(from, Math.min(count, from + batchSize));
      float[] probabilities = network.predict(minibatch);
      for (int i = 0; i < minibatch.count(); i++) {
        int predicted = Probabilities.mostProbable(probabilities, i, classes);
        float probability = probabilities[i * classes + predicted];
        int label = minibatch.labels()[i];
        Group group = label == predicted ? Group.RIGHT : Group.WRONG;
        int image = from + i;
        byte[] pixels = new byte[shard.shape().pixels()];
        shard.read(image, pixels);
        chosen.add(new Example(group, label, predicted, probability, shard.shape(), pixels));
        chosen.add(new Example(Group.UNSURE, label, predicted, probability, shard.shape(), pixels));
      }
      chosen = best(chosen);
    }
    return chosen;
  }

  /** The best of each group among examples of several shards, in the order of the groups. */
  public static List<Example> best(List<Example> examples) {
    Map<Integer, Example> surestOfClass = new HashMap<>();
    ofGroup(examples, Group.RIGHT)
        .forEach(
            example ->
                surestOfClass.merge(
                    example.label(),
                    example,
                    (one, other) -> other.probability() > one.probability() ? other : one));
    Comparator<Example> surestFirst = Comparator.comparing(Example::probability).reversed();
    List<Example> best = new ArrayList<>();
    surestOfClass.values().stream()
        .sorted(surestFirst.thenComparing(Example::label))
        .limit(MOST)
        .sorted(Comparator.comparing(Example::label))
        .forEach(best::add);
    ofGroup(examples, Group.WRONG).sorted(surestFirst).limit(MOST).forEach(best::add);
    ofGroup(examples, Group.UNSURE)
        .sorted(Comparator.comparing(Example::probability))
        .limit(MOST)
        .forEach(best::add);
    return best;
  }

  private static Stream<Example> ofGroup(List<Example> examples, Group group) {
    return examples.stream().filter(example -> example.group() == group);
  }
}
