package convoy.driver.training;

import convoy.driver.config.AugmentationConfig;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.config.OptimizerConfig;
import convoy.worker.image.Normalization;
import convoy.worker.image.Preprocessing;
import convoy.worker.image.augmentation.Augmentation;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.OptimizerSpec;
import convoy.worker.network.TrainingSpec;
import convoy.worker.training.ReplicaTask;

/** Turns the configuration into what the replicas are told. */
public final class ReplicaTasks {
  private ReplicaTasks() {}

  static ReplicaTask of(
      ConvoyConfig config, String engine, Normalization normalization, TrainingPlan plan) {
    return new ReplicaTask(
        trainingSpec(config),
        engine,
        Preprocessing.stretching(CifarRecord.SHAPE, normalization),
        augmentation(config.augmentation()),
        config.training().batchSize(),
        plan.learningRate(),
        config.training().seed());
  }

  /** The network that the configuration names, how it is trained, and on what labels. */
  public static TrainingSpec trainingSpec(ConvoyConfig config) {
    return new TrainingSpec(
        network(config),
        optimizer(config.optimizer()),
        config.training().labelSmoothing(),
        config.training().dropoutShare());
  }

  static NetworkSpec network(ConvoyConfig config) {
    return new NetworkSpec(config.network().name(), CifarRecord.SHAPE, CifarRecord.CLASSES);
  }

  private static Augmentation augmentation(AugmentationConfig augmentation) {
    return new Augmentation(augmentation.flip(), augmentation.cropPadding(), augmentation.cutout());
  }

  private static OptimizerSpec optimizer(OptimizerConfig optimizer) {
    return switch (optimizer.kind()) {
      case ADAM ->
          new OptimizerSpec.AdamW(
              optimizer.beta1(), optimizer.beta2(), optimizer.epsilon(), optimizer.weightDecay());
      case SGD -> new OptimizerSpec.Sgd(optimizer.momentum(), optimizer.weightDecay());
    };
  }
}
