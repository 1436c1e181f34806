package convoy.worker.training;

import convoy.worker.image.Preprocessing;
import convoy.worker.image.augmentation.Augmentation;
import convoy.worker.network.TrainingSpec;
import convoy.worker.random.Seed;
import java.io.Serializable;

/**
 * What every replica of a training run receives, the same in all rounds. It travels inside Spark's
 * closures, which Spark always serialises by Java's own means; so it may be a record.
 *
 * @param training the network to train, and how
 * @param engine the engine's name
 * @param preprocessing of the training images
 * @param augmentation of the training images
 * @param batchSize images per step, 1 or more
 * @param learningRate of each step
 * @param seed the training's seed
 */
public record ReplicaTask(
    TrainingSpec training,
    String engine,
    Preprocessing preprocessing,
    Augmentation augmentation,
    int batchSize,
    LearningRate learningRate,
    long seed)
    implements Serializable {

  /** The same without dropout. */
  ReplicaTask withoutDropout() {
    return new ReplicaTask(
        training.withoutDropout(),
        engine,
        preprocessing,
        augmentation,
        batchSize,
        learningRate,
        seed);
  }

  /** The seed of the dropout masks of a replica's {@code step}th local step in a round, from 0. */
  long dropoutSeed(Round round, int partition, int step) {
    return Seed.derive(seed, Seed.Purpose.DROPOUT, round.epoch(), round.round(), partition, step);
  }
}
