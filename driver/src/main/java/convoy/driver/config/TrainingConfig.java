package convoy.driver.config;

import convoy.driver.training.ClassWeighting;
import convoy.driver.training.KeptEpoch;

/**
 * The length and the shape of a training run.
 *
 * @param epochs passes over all training images, 1 or more
 * @param replicas replicas of the network, hence partitions of the training images, 1 or more
 * @param localSteps minibatches of a replica between two averagings, 1 or more
 * @param batchSize images of one replica's minibatch, 1 or more
 * @param labelSmoothing share of a label's certainty spread over all classes, 0 to 0.999999
 * @param dropoutShare share of the network's own dropout rates, 0 to 1
 * @param classWeights how much the images of each class count
 * @param seed seed of everything random, 0 to 2^53 - 1
 * @param stuckEpochs successive epochs at chance after which it ends, 0 for never
 * @param patience epochs without a better validation accuracy after which it ends, 0 for never
 * @param keep the epoch whose model is published
 * @param resume whether to go on from the newest checkpoint of the output
 * @param resumeChanged whether settings that determine the result may have changed since then
 */
public record TrainingConfig(
    int epochs,
    int replicas,
    int localSteps,
    int batchSize,
    double labelSmoothing,
    double dropoutShare,
    ClassWeighting classWeights,
    long seed,
    int stuckEpochs,
    int patience,
    KeptEpoch keep,
    boolean resume,
    boolean resumeChanged) {
  /** The largest integer that every JSON reader keeps exact: 2^53 - 1. */
  static final long LARGEST_SEED = 9_007_199_254_740_991L;

  /** Labels that are all noise teach nothing. */
  private static final double LARGEST_SMOOTHING = 0.999999;

  /** Reads them, after what says whether the number of epochs and the local steps lie idle. */
  static TrainingConfig read(
      ConfigReader reader, ScheduleConfig schedule, AveragingConfig averaging) {
    boolean lengthMatters = schedule.dependsOnLength() || averaging.dependsOnLength();
    return new TrainingConfig(
        reader
            .key("training.epochs")
            .decidesResultIf(lengthMatters)
            .distinguishesRuns()
            .wholeNumber(1, 100_000),
        reader.key("training.replicas").decidesResult().wholeNumber(1, 4096),
        reader
            .key("training.local-steps")
            .decidesResultIf(averaging.when().rule() != AveragingWhen.EPOCH)
            .wholeNumber(1, 100_000),
        reader.key("training.batch-size").decidesResult().wholeNumber(1, 65_536),
        reader.key("training.label-smoothing").decidesResult().number(0, LARGEST_SMOOTHING),
        reader.key("training.dropout-share").decidesResult().number(0, 1),
        reader.key("training.class-weights").decidesResult().choice(ClassWeighting.class),
        reader.key("training.seed").decidesResult().wholeNumber(0L, LARGEST_SEED),
        reader.key("training.stuck-epochs").distinguishesRuns().wholeNumber(0, 100_000),
        reader.key("training.patience").distinguishesRuns().wholeNumber(0, 100_000),
        reader.key("training.keep").decidesResult().choice(KeptEpoch.class),
        reader.key("training.resume").flag(),
        reader.key("training.resume-changed").flag());
  }
}
