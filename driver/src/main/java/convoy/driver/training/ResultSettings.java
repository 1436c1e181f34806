package convoy.driver.training;

import convoy.driver.ExitCode;
import convoy.driver.UserException;
import convoy.driver.config.AveragingConfig;
import convoy.driver.config.AveragingWhen;
import convoy.driver.config.ConvoyConfig;
import convoy.worker.training.ConsensusMean;
import convoy.worker.training.LearningRateSchedule;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The settings that determine the parameters a training ends with; not where, nor how long. */
final class ResultSettings {
  private static final String FINGERPRINT = "data fingerprint";
  private static final String NETWORK = "network.name";
  private static final String OPTIMIZER = "optimizer.kind";
  private static final Set<String> FIXED = Set.of(FINGERPRINT, NETWORK, OPTIMIZER);
  private static final String ABSENT = "no such setting";

  private ResultSettings() {}

  /** The settings by key, in order of the keys. */
  static Map<String, String> of(ConvoyConfig config, String engine, String dataFingerprint) {
    Map<String, Object> settings = new TreeMap<>();
    settings.put(FINGERPRINT, dataFingerprint);
    settings.put("data.reshuffle-epochs", config.data().reshuffleEpochs());
    settings.put(NETWORK, config.network().name());
    settings.put("engine.name", engine);
    settings.put("engine.threads", config.engine().threads());
    settings.put("training.replicas", config.training().replicas());
    settings.put("training.local-steps", config.training().localSteps());
    settings.put("training.batch-size", config.training().batchSize());
    settings.put("training.label-smoothing", config.training().labelSmoothing());
    settings.put("training.seed", config.training().seed());
    settings.put(OPTIMIZER, config.optimizer().kind());
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
    settings.put("averaging.when", averaging.when().rule());
    if (averaging.when().rule() == AveragingWhen.POST_LOCAL) {
      settings.put("averaging.post-local.share", averaging.when().postLocalShare());
      settings.put("training.epochs", config.training().epochs());
    }
    if (averaging.when().rule() == AveragingWhen.QSR) {
      settings.put("averaging.qsr.alpha", averaging.when().qsrAlpha());
    }
    settings.put("averaging.optimizer-state", averaging.optimizerState());
    settings.put("averaging.batch-norm", averaging.batchNorm().policy());
    settings.put("averaging.batch-norm-images", averaging.batchNorm().images());
    settings.put("averaging.outer", averaging.outer());
    settings.put("averaging.mean", averaging.mean());
    Map<String, String> texts = new TreeMap<>();
    settings.forEach((key, value) -> texts.put(key, value.toString()));
    return texts;
  }

  /**
   * The settings that are not what they were, each as a line of words.
   *
   * @throws UserException if one has changed that another training cannot go on with: its data, its
   *     network, or the optimizer whose state it has
   */
  static List<String> changes(Map<String, String> before, Map<String, String> now) {
    SortedSet<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(now.keySet());
    keys.removeIf(key -> Objects.equals(before.get(key), now.get(key)));
    List<String> fixed = keys.stream().filter(FIXED::contains).toList();
    if (!fixed.isEmpty()) {
      throw refused(
          lines(fixed, before, now), "give the old value, or start anew with another --output");
    }
    return lines(keys, before, now);
  }

  /** The refusal to go on with changed settings, a line each. */
  static UserException refused(List<String> changes, String remedy) {
    return new UserException(
        ExitCode.USAGE,
        changes.stream()
            .map(change -> "Cannot resume the training: %s (%s)".formatted(change, remedy))
            .collect(Collectors.joining("\n")));
  }

  private static List<String> lines(
      Collection<String> keys, Map<String, String> before, Map<String, String> now) {
    return keys.stream()
        .map(
            key ->
                "%s was %s and is now %s"
                    .formatted(
                        key, before.getOrDefault(key, ABSENT), now.getOrDefault(key, ABSENT)))
        .toList();
  }
}
