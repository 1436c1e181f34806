package convoy.driver.config;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.driver.training.LengthSpec;
import convoy.driver.training.ReplicaSpec;
import convoy.driver.training.Resume;
import convoy.driver.training.TrainingOutputSpec;
import convoy.driver.training.TrainingRunSpec;
import convoy.driver.training.plan.LearningRateSpec;
import convoy.driver.training.plan.RoundLength;
import convoy.worker.optimizer.AdamW;
import convoy.worker.optimizer.OptimizerSpec;
import convoy.worker.optimizer.Sgd;
import java.util.Map;

/** Makes the specs of training runs from a configuration. */
public final class TrainingRuns {
  private TrainingRuns() {}

  /** The specification of the run, without its images and its output. */
  public static TrainingRunSpec spec(ConvoyConfig config) {
    TrainingConfig training = config.training();
    AveragingConfig averaging = config.averaging();
    return new TrainingRunSpec(
        config.network().name(),
        config.engine(),
        training.replicas(),
        training.seed(),
        config.data().reshuffleEpochs(),
        new ReplicaSpec(
            optimizer(config.optimizer()),
            training.batchSize(),
            training.labelSmoothing(),
            training.dropoutShare(),
            training.classWeights(),
            config.augmentation()),
        learningRate(config.optimizer().learningRate(), config.schedule()),
        roundLength(averaging.when(), training.localSteps()),
        averaging.replicas(),
        averaging.consensus(),
        averaging.batchNorm(),
        new LengthSpec(
            training.epochs(), training.stuckEpochs(), training.patience(), training.keep()),
        config.checkpoint(),
        config.evaluation().spec(),
        config.resultSettings(),
        settings(config));
  }

  /** Where the run writes. */
  public static TrainingOutputSpec output(ConvoyConfig config) {
    Resume resumed = config.training().resumeChanged() ? Resume.CHANGED : Resume.UNCHANGED;
    return new TrainingOutputSpec(
        config.output(), config.training().resume() ? resumed : Resume.NEVER, config.logDetail());
  }

  private static OptimizerSpec optimizer(OptimizerConfig optimizer) {
    return switch (optimizer.kind()) {
      case ADAM ->
          new AdamW(
              optimizer.beta1(), optimizer.beta2(), optimizer.epsilon(), optimizer.weightDecay());
      case SGD -> new Sgd(optimizer.momentum(), optimizer.weightDecay());
    };
  }

  private static LearningRateSpec learningRate(double highest, ScheduleConfig schedule) {
    return new LearningRateSpec(
        highest,
        schedule.course(),
        schedule.warmUp(),
        schedule.scaling(),
        schedule.scalingImages());
  }

  private static RoundLength roundLength(WhenConfig when, int localSteps) {
    return switch (when.rule()) {
      case STEPS -> new RoundLength.Steps(localSteps);
      case EPOCH -> new RoundLength.Epoch();
      case POST_LOCAL -> new RoundLength.PostLocal(when.postLocalShare(), localSteps);
      case QSR -> new RoundLength.Quadratic(when.qsrAlpha(), localSteps);
    };
  }

  /** Every setting, by block and name, as a published model keeps it. */
  private static Map<String, Object> settings(ConvoyConfig config) {
    Map<String, Object> settings =
        new ObjectMapper().convertValue(config, new TypeReference<Map<String, Object>>() {});
    // Kept beside it, with what only a training run finds out.
    settings.remove("resultSettings");
    settings.remove("runSettings");
    return settings;
  }
}
