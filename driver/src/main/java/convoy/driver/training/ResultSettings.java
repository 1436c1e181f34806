package convoy.driver.training;

import convoy.driver.config.AveragingConfig;
import convoy.driver.config.AveragingWhen;
import convoy.driver.config.BatchNormPolicy;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.config.RateScaling;
import convoy.driver.config.ScheduleConfig;
import convoy.driver.config.WhenConfig;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
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
  /** Whose momentum does not go on with another step; see {@link Resumption}. */
  static final String OUTER_STEP = "averaging.outer";

  /** Whose value does not go on with another weighting; see {@link Resumption}. */
  static final String MEAN = "averaging.mean";

  private static final String FINGERPRINT = "data fingerprint";
  private static final String NETWORK = "network.name";
  private static final String OPTIMIZER = "optimizer.kind";
  private static final String OPTIMIZER_STATE = "averaging.optimizer-state";
  private static final Set<String> FIXED = Set.of(FINGERPRINT, NETWORK, OPTIMIZER, OPTIMIZER_STATE);
  private static final String ABSENT = "no such setting";

  private ResultSettings() {}

  /**
   * The settings by key, in order of the keys; those that lie idle are not among them.
   *
   * @param engine that runs the network, where the configuration may leave the choice
   * @param device that it runs on, {@code cpu} or {@code gpu}, likewise
   */
  static Map<String, String> of(
      ConvoyConfig config, String engine, String device, String dataFingerprint) {
    Map<String, Object> settings = new TreeMap<>();
    settings.put(FINGERPRINT, dataFingerprint);
    settings.put("data.reshuffle-epochs", config.data().reshuffleEpochs());
    settings.put(NETWORK, config.network().name());
    settings.put("engine.name", engine);
    settings.put("engine.device", device);
    settings.put("engine.threads", config.engine().threads());
    settings.put("training.replicas", config.training().replicas());
    settings.put("training.batch-size", config.training().batchSize());
    settings.put("training.label-smoothing", config.training().labelSmoothing());
    if (ReplicaTasks.network(config).hasDropout()) {
      settings.put("training.dropout-share", config.training().dropoutShare());
    }
    settings.put("training.seed", config.training().seed());
    if (dependsOnEpochs(config)) {
      settings.put("training.epochs", config.training().epochs());
    }
    settings.put(OPTIMIZER, config.optimizer().kind());
    settings.put("optimizer", config.optimizer());
    settings.putAll(ofSchedule(config.schedule()));
    settings.put("augmentation.flip", config.augmentation().flip());
    settings.put("augmentation.crop-padding", config.augmentation().cropPadding());
    settings.put("augmentation.cutout", config.augmentation().cutout());
    settings.putAll(ofAveraging(config.averaging(), config.training().localSteps()));
    Map<String, String> texts = new TreeMap<>();
    settings.forEach((key, value) -> texts.put(key, value.toString()));
    return texts;
  }

  /** Whether the length of the training says what happens in a round of it. */
  private static boolean dependsOnEpochs(ConvoyConfig config) {
    return !(config.schedule().course() instanceof LearningRateSchedule.Constant)
        || config.schedule().warmUp() > 0
        || config.averaging().mean().kind() == ConsensusMean.Kind.TAIL
        || config.averaging().when().rule() == AveragingWhen.POST_LOCAL;
  }

  private static Map<String, Object> ofSchedule(ScheduleConfig schedule) {
    Map<String, Object> settings = new TreeMap<>();
    settings.put("schedule", schedule.course());
    settings.put("schedule.warm-up", schedule.warmUp());
    settings.put("schedule.scaling", schedule.scaling());
    if (schedule.scaling() != RateScaling.NONE) {
      settings.put("schedule.scaling-images", schedule.scalingImages());
    }
    return settings;
  }

  private static Map<String, Object> ofAveraging(AveragingConfig averaging, int localSteps) {
    Map<String, Object> settings = new TreeMap<>();
    settings.put("averaging.master", averaging.master());
    WhenConfig when = averaging.when();
    settings.put("averaging.when", when.rule());
    if (when.rule() != AveragingWhen.EPOCH) {
      settings.put("training.local-steps", localSteps);
    }
    if (when.rule() == AveragingWhen.POST_LOCAL) {
      settings.put("averaging.post-local.share", when.postLocalShare());
    }
    if (when.rule() == AveragingWhen.QSR) {
      settings.put("averaging.qsr.alpha", when.qsrAlpha());
    }
    settings.put(OPTIMIZER_STATE, averaging.optimizerState());
    settings.put("averaging.batch-norm", averaging.batchNorm().policy());
    if (averaging.batchNorm().policy() == BatchNormPolicy.RECOMPUTE) {
      settings.put("averaging.batch-norm-images", averaging.batchNorm().images());
    }
    settings.put(OUTER_STEP, averaging.outer());
    ConsensusMean mean = averaging.mean();
    settings.put(
        MEAN,
        switch (mean.kind()) {
          case NONE -> mean.kind();
          case EXPONENTIAL -> "%s with a half-life of %s".formatted(mean.kind(), mean.halfLife());
          case TAIL -> "%s of a share of %s".formatted(mean.kind(), mean.share());
        });
    return settings;
  }

  /**
   * The settings that are not what they were, each as a line of words.
   *
   * @throws UserException if one has changed that another training cannot go on with: its data, its
   *     network, its optimizer, or whether it keeps the optimizer's state
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
