package convoy.driver.training;

import convoy.driver.config.ConvoyConfig;
import convoy.driver.config.OptimizerConfig;
import convoy.worker.engine.Engines;
import convoy.worker.image.Augmentation;
import convoy.worker.image.CifarRecord;
import convoy.worker.image.Normalization;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.OptimizerSpec;
import convoy.worker.network.TrainingSpec;
import convoy.worker.training.ReplicaTask;

/** Turns the configuration into what the replicas are told. */
final class ReplicaTasks {
  private ReplicaTasks() {}

  static ReplicaTask of(ConvoyConfig config, Normalization normalization) {
    return new ReplicaTask(
        new TrainingSpec(
            new NetworkSpec(config.network().name(), CifarRecord.SHAPE, CifarRecord.CLASSES),
            optimizer(config.optimizer()),
            config.training().labelSmoothing()),
        Engines.named(config.engine().name()).name(),
        normalization,
        new Augmentation(config.augmentation().flip(), config.augmentation().cropPadding()),
        config.training().batchSize(),
        config.training().localSteps(),
        config.training().seed());
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
