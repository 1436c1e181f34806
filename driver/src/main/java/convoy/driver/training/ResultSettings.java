package convoy.driver.training;

import convoy.driver.ExitCode;
import convoy.driver.UserException;
import convoy.driver.config.AveragingConfig;
import convoy.driver.config.AveragingWhen;
import convoy.driver.config.ConvoyConfig;
import convoy.worker.training.ConsensusMean;
import convoy.worker.training.LearningRateSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The settings that determine the parameters a training ends with; not where, nor how long. */
final class ResultSettings {
  private ResultSettings() {}

  /** The settings by key, in order of the keys. */
  static Map<String, String> of(ConvoyConfig config, String engine, String dataFingerprint) {
    Map<String, Object> settings = new TreeMap<>();
    settings.put("data fingerprint", dataFingerprint);
    settings.put("data.reshuffle-epochs", config.data().reshuffleEpochs());
    settings.put("network.name", config.network().name());
    settings.put("engine.name", engine);
    settings.put("engine.threads", config.engine().threads());
    settings.put("training.replicas", config.training().replicas());
    settings.put("training.local-steps", config.training().localSteps());
    settings.put("training.batch-size", config.training().batchSize());
    settings.put("training.label-smoothing", config.training().labelSmoothing());
    settings.put("training.seed", config.training().seed());
    settings.put("optimizer", config.optimizer());
    settings.put("schedule", config.schedule());
    if (!(config.schedule().course() instanceof LearningRateSchedule.Constant)
        || config.schedule().warmUp() > 0
        || config.averaging().mean().kind() == ConsensusMean.Kind.TAIL) {
      settings.put("training.epochs", config.training().epochs());
    }
    settings.put("augmentation", config.augmentation());
    settings.put("averaging.master", config.averaging().master());
    AveragingConfig averaging = config.averaging();
    settings.put("averaging.when", averaging.when());
    if (averaging.when() == AveragingWhen.POST_LOCAL) {
      settings.put("averaging.post-local.share", averaging.postLocalShare());
      settings.put("training.epochs", config.training().epochs());
    }
    if (averaging.when() == AveragingWhen.QSR) {
      settings.put("averaging.qsr.alpha", averaging.qsrAlpha());
    }
    settings.put("averaging.optimizer-state", averaging.optimizerState());
    settings.put("averaging.batch-norm", averaging.batchNorm());
    settings.put("averaging.batch-norm-images", averaging.batchNormImages());
    settings.put("averaging.outer", averaging.outer());
    settings.put("averaging.mean", averaging.mean());
    Map<String, String> texts = new TreeMap<>();
    settings.forEach((key, value) -> texts.put(key, value.toString()));
    return texts;
  }

  /**
   * Checks that a training goes on as it began.
   *
   * @throws UserException naming each setting that has changed
   */
  static void requireUnchanged(Map<String, String> before, Map<String, String> now) {
    List<String> changes = new ArrayList<>();
    now.forEach(
        (key, value) -> {
          String old = before.get(key);
          if (!value.equals(old)) {
            changes.add("%s was %s and is now %s".formatted(key, old, value));
          }
        });
    if (!changes.isEmpty()) {
      throw new UserException(
          ExitCode.USAGE,
          "Cannot resume the training: %s (give the old values, or start anew with another --output)"
              .formatted(String.join("; ", changes)));
    }
  }
}
