package convoy.driver.training;

import java.util.Map;

/**
 * Where a training can be taken up again: after a round, or after the evaluation of an epoch.
 *
 * @param epoch the last one begun, 1 or more; 0 before the first
 * @param round the last one done in that epoch, 1 or more; 0 before the first
 * @param consensus after it
 * @param epochSoFar what the rounds of that epoch came to; nothing if the epoch is done
 * @param epochsAtChance successive epochs, up to the last that is done, whose test accuracy was
 *     that of guessing
 * @param settings of the training that determine its result, by key
 */
record Checkpoint(
    int epoch,
    int round,
    Consensus consensus,
    RoundSummary epochSoFar,
    int epochsAtChance,
    Map<String, String> settings) {

  /** The place before the first round. */
  static Checkpoint start(Consensus consensus, Map<String, String> settings) {
    return new Checkpoint(0, 0, consensus, RoundSummary.NONE, 0, settings);
  }

  /** Epochs that are done, evaluation and all. */
  int epochsDone() {
    return isBetweenEpochs() ? epoch : epoch - 1;
  }

  /** Rounds that are done of the epoch after those. */
  int roundsDone() {
    return isBetweenEpochs() ? 0 : round;
  }

  private boolean isBetweenEpochs() {
    return epochSoFar.examples() == 0;
  }
}
