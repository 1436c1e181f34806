package convoy.driver.training;

import convoy.driver.data.ImageSet;
import convoy.driver.device.EngineSpec;
import convoy.driver.evaluation.EvaluationSpec;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.training.checkpoint.CheckpointSpec;
import convoy.driver.training.consensus.BatchNormSpec;
import convoy.driver.training.consensus.ConsensusSpec;
import convoy.driver.training.plan.LearningRateSpec;
import convoy.driver.training.plan.RoundLength;
import convoy.driver.training.plan.TrainingPlan;
import convoy.driver.training.round.AveragingSpec;
import convoy.worker.image.ImageShape;
import convoy.worker.image.Preprocessing;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingSpec;
import convoy.worker.training.ReplicaTask;
import java.util.Map;

/**
 * The specification of a training run, without its images and its output.
 *
 * @param network its architecture, such as resnet-20
 * @param engine what runs it
 * @param replicas of it, hence partitions of the training images, 1 or more
 * @param seed of everything random, 0 to 2^53 - 1
 * @param reshuffleEpochs epochs between two reshuffles across partitions, 0 for never
 * @param replica what a step of a replica does
 * @param learningRate of every step
 * @param roundLength steps between two averagings
 * @param averaging how replicas become one
 * @param consensus what becomes of their average
 * @param batchNorm where the statistics that are evaluated and published come from
 * @param length how long it goes on
 * @param checkpoint when it can be taken up again
 * @param evaluation how accuracy is measured
 * @param resultSettings key to value of what decides its parameters, as a user sets it
 * @param configuration every setting, by block and name, for the record of where a model comes from
 */
public record TrainingRunSpec(
    String network,
    EngineSpec engine,
    int replicas,
    long seed,
    int reshuffleEpochs,
    ReplicaSpec replica,
    LearningRateSpec learningRate,
    RoundLength roundLength,
    AveragingSpec averaging,
    ConsensusSpec consensus,
    BatchNormSpec batchNorm,
    LengthSpec length,
    CheckpointSpec checkpoint,
    EvaluationSpec evaluation,
    Map<String, String> resultSettings,
    Map<String, Object> configuration) {
  /**
   * The network for the images of a set.
   *
   * @throws UserException if there is none of that name for images of that size
   */
  NetworkSpec networkFor(ImageSet set) {
    ImageShape inputShape = set.storedShape().withoutMargin(set.margin());
    try {
      return new NetworkSpec(network, inputShape, set.classNames().size());
    } catch (IllegalArgumentException e) {
      throw new UserException(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  /** The arithmetic of the run on that many images. */
  public TrainingPlan plan(int images) {
    return TrainingPlan.of(
        images, length.epochs(), replicas, replica.batchSize(), roundLength, learningRate);
  }

  /**
   * The task of the replicas, the same in all rounds.
   *
   * @param training the network, and how it is trained
   * @param engine the engine's name
   */
  ReplicaTask task(
      TrainingSpec training, String engine, Preprocessing preprocessing, TrainingPlan plan) {
    return new ReplicaTask(
        training,
        engine,
        preprocessing,
        replica.augmentation(),
        replica.batchSize(),
        plan.learningRate(),
        seed);
  }
}
