package convoy.driver.training.checkpoint;

import convoy.driver.training.consensus.Consensus;
import convoy.driver.training.round.RoundFigures;
import convoy.worker.training.Round;
import java.util.Map;

/**
 * Where a training run can be taken up again: after a round, or after the evaluation of an epoch.
 * It goes round the driver's loop, and is saved when a checkpoint is due.
 *
 * @param epoch the last one begun, 1 or more; 0 before the first
 * @param round the last one done in that epoch, 1 or more; 0 before the first
 * @param consensus after it
 * @param epochSoFar what the rounds of that epoch came to; nothing if the epoch is done
 * @param standing after the epochs that are done
 * @param settings of the run that determine its result, by key
 */
public record Checkpoint(
    int epoch,
    int round,
    Consensus consensus,
    RoundFigures epochSoFar,
    Standing standing,
    Map<String, String> settings) {

  /** The place before the first round. */
  public static Checkpoint start(Consensus consensus, Map<String, String> settings) {
    return new Checkpoint(0, 0, consensus, RoundFigures.NONE, Standing.START, settings);
  }

  /** The place after one more round, which led to {@code next}. */
  public Checkpoint afterRound(Round done, Consensus next, RoundFigures figures) {
    return new Checkpoint(
        done.epoch(), done.round(), next, epochSoFar.plus(figures), standing, settings);
  }

  /** The place after the evaluation of the epoch whose last round is done. */
  public Checkpoint afterEpoch(Standing next) {
    return new Checkpoint(epoch, round, consensus, RoundFigures.NONE, next, settings);
  }

  /** Epochs that are done, evaluation and all. */
  public int epochsDone() {
    return isBetweenEpochs() ? epoch : epoch - 1;
  }

  /** Rounds that are done of the epoch after those. */
  public int roundsDone() {
    return isBetweenEpochs() ? 0 : round;
  }

  private boolean isBetweenEpochs() {
    return epochSoFar.examples() == 0;
  }
}
