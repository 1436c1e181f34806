package convoy.worker.training;

import convoy.worker.image.Augmentation;
import convoy.worker.image.Normalization;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.OptimizerSpec;
import java.io.Serializable;

/**
 * What every replica of a training is told, the same in all rounds. It travels inside Spark's
 * closures, which Spark always serialises by Java's own means; so it may be a record.
 *
 * @param network the network to train
 * @param optimizer the rule of its steps
 * @param engine the engine's name
 * @param normalization of the training images
 * @param augmentation of the training images
 * @param batchSize images a step, 1 or more
 * @param localSteps steps a round, 1 or more
 * @param seed the training's seed
 */
public record ReplicaTask(
    NetworkSpec network,
    OptimizerSpec optimizer,
    String engine,
    Normalization normalization,
    Augmentation augmentation,
    int batchSize,
    int localSteps,
    long seed)
    implements Serializable {}
