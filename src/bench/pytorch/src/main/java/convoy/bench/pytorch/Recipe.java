package convoy.bench.pytorch;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import convoy.worker.training.LearningRate;
import convoy.worker.training.LearningRateSchedule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of Convoy's settings PyTorch trains by; the replicas' minibatches become one.
 *
 * @param epochs passes over the training images
 * @param batchSize images of a step, those of all replicas
 * @param peak highest learning rate, scaled with the minibatch
 * @param schedule course of the learning rate after the warm-up
 * @param warmUp share of the training run in which the rate rises from 0
 * @param momentum Nesterov momentum
 * @param weightDecay of convolution and dense weights
 * @param labelSmoothing share of a label's certainty spread over all classes
 * @param flips whether images are mirrored with probability one half
 * @param cropPadding pixels of black border that images are cropped from
 * @param resizedCrop the crop in its place that is resized
 */
record Recipe(
    int epochs,
    int batchSize,
    double peak,
    LearningRateSchedule schedule,
    double warmUp,
    double momentum,
    double weightDecay,
    double labelSmoothing,
    boolean flips,
    int cropPadding,
    ResizedCrop resizedCrop) {
  private static final String ROOT = "convoy";

  /** The settings that have one value here. */
  private static final Map<String, String> FIXED =
      Map.of("network.name", "resnet-18", "optimizer.kind", "sgd");

  /** The settings that are read. */
  private static final Set<String> READ =
      Set.of(
          "training.epochs",
          "training.replicas",
          "training.batch-size",
          "training.label-smoothing",
          "optimizer.sgd.learning-rate",
          "optimizer.sgd.momentum",
          "optimizer.sgd.weight-decay",
          "schedule.kind",
          "schedule.warm-up",
          "schedule.end",
          "schedule.one-cycle.peak-at",
          "schedule.one-cycle.start",
          "schedule.scaling",
          "schedule.scaling-images",
          "augmentation.flip",
          "augmentation.crop-padding",
          "augmentation.resized-crop.area",
          "augmentation.resized-crop.ratio");

  /** What a scenario may set besides: where and how replicas train, not what. */
  private static final List<String> OF_THE_CLUSTER =
      List.of("averaging.when", "averaging.batch-norm", "training.local-steps", "engine.");

  /**
   * The recipe of a scenario file.
   *
   * @param reference Convoy's {@code reference.conf}, for what the scenario does not say
   * @param settings {@code key=value} without the leading {@code convoy.}, over the file's
   * @throws IllegalArgumentException if there is no such file, or it has a setting that PyTorch's
   *     training run does not follow
   */
  static Recipe read(Path reference, Path scenario, Map<String, String> settings) {
    if (!Files.isReadable(scenario)) {
      throw new IllegalArgumentException(
          "Cannot read %s: there is no such file (give a scenario such as conf/flowers.conf)"
              .formatted(scenario));
    }
    Config chosen =
        ConfigFactory.parseMap(settings)
            .withFallback(ConfigFactory.parseFile(scenario.toFile()).getConfig(ROOT));
    chosen.entrySet().forEach(entry -> requireFollowed(scenario, entry.getKey(), chosen));
    return of(
        chosen.withFallback(ConfigFactory.parseFile(reference.toFile()).getConfig(ROOT).resolve()));
  }

  private static void requireFollowed(Path scenario, String key, Config chosen) {
    String value = chosen.getString(key);
    boolean followed =
        READ.contains(key)
            || value.equals(FIXED.get(key))
            || OF_THE_CLUSTER.stream().anyMatch(key::startsWith);
    if (!followed) {
      throw new IllegalArgumentException(
          "Cannot train by %s in PyTorch: its convoy.%s = %s is not written there (leave it out)"
              .formatted(scenario, key, value));
    }
  }

  private static Recipe of(Config config) {
    int batchSize = config.getInt("training.replicas") * config.getInt("training.batch-size");
    double scale = batchSize / config.getDouble("schedule.scaling-images");
    return new Recipe(
        config.getInt("training.epochs"),
        batchSize,
        config.getDouble("optimizer.sgd.learning-rate")
            * switch (config.getString("schedule.scaling")) {
              case "linear" -> scale;
              case "square-root" -> Math.sqrt(scale);
              default -> 1;
            },
        schedule(config),
        config.getDouble("schedule.warm-up"),
        config.getDouble("optimizer.sgd.momentum"),
        config.getDouble("optimizer.sgd.weight-decay"),
        config.getDouble("training.label-smoothing"),
        flips(config.getString("augmentation.flip")),
        config.getInt("augmentation.crop-padding"),
        new ResizedCrop(
            config.getDouble("augmentation.resized-crop.area"),
            config.getDouble("augmentation.resized-crop.ratio")));
  }

  private static LearningRateSchedule schedule(Config config) {
    double end = config.getDouble("schedule.end");
    String kind = config.getString("schedule.kind");
    return switch (kind) {
      case "constant" -> new LearningRateSchedule.Constant();
      case "cosine" -> new LearningRateSchedule.Cosine(end);
      case "one-cycle" ->
          new LearningRateSchedule.OneCycle(
              config.getDouble("schedule.one-cycle.peak-at"),
              config.getDouble("schedule.one-cycle.start"),
              end);
      default ->
          throw new IllegalArgumentException(
              "Cannot train with schedule.kind = %s in PyTorch: constant, cosine and one-cycle are written (choose one)"
                  .formatted(kind));
    };
  }

  private static boolean flips(String flip) {
    return switch (flip) {
      case "none" -> false;
      case "random" -> true;
      default ->
          throw new IllegalArgumentException(
              "Cannot train with augmentation.flip = %s in PyTorch: none and random are written (choose one)"
                  .formatted(flip));
    };
  }

  /** The rate of every step of a training run on that many images. */
  LearningRate learningRate(int images) {
    long stepsPerEpoch = ((long) images + batchSize - 1) / batchSize;
    return new LearningRate(peak, schedule, warmUp, epochs * stepsPerEpoch);
  }
}
