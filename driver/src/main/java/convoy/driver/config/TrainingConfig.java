package convoy.driver.config;

/**
 * The length and the shape of a training.
 *
 * @param epochs passes over all training images, 1 or more
 * @param replicas replicas of the network, hence partitions of the training images, 1 or more
 * @param localSteps minibatches of a replica between two averagings, 1 or more
 * @param batchSize images of one replica's minibatch, 1 or more
 * @param labelSmoothing share of a label's certainty spread over all classes, 0 to 0.999999
 * @param dropoutShare share of the network's own dropout rates, 0 to 1
 * @param seed seed of everything random, 0 to 2^53 - 1
 * @param stuckEpochs successive epochs at chance after which it ends, 0 for never
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
    long seed,
    int stuckEpochs,
    boolean resume,
    boolean resumeChanged) {
  /** The largest integer that every JSON reader keeps exact: 2^53 - 1. */
  static final long LARGEST_SEED = 9_007_199_254_740_991L;

  /** Labels that are all noise teach nothing. */
  private static final double LARGEST_SMOOTHING = 0.999999;

  static TrainingConfig read(ConfigReader reader) {
    return new TrainingConfig(
        reader.wholeNumber("training.epochs", 1, 100_000),
        reader.wholeNumber("training.replicas", 1, 4096),
        reader.wholeNumber("training.local-steps", 1, 100_000),
        reader.wholeNumber("training.batch-size", 1, 65_536),
        reader.number("training.label-smoothing", 0, LARGEST_SMOOTHING),
        reader.number("training.dropout-share", 0, 1),
        reader.wholeNumber("training.seed", 0L, LARGEST_SEED),
        reader.wholeNumber("training.stuck-epochs", 0, 100_000),
        reader.flag("training.resume"),
        reader.flag("training.resume-changed"));
  }
}
