package convoy.worker.training;

import java.io.Serializable;

/**
 * Everything a training run has learnt, at the start of a round: the value that goes round the
 * loop. Broadcast to the executors, averaged, checkpointed. The arrays are shared, not copied, and
 * must not be changed; two states are equal only if they share them.
 *
 * @param parameters the flat parameter vector, float32, in DL4J's order; batch-norm means and
 *     variances are entries
 * @param optimizerState the optimizer's flat state, float32; of length 0 if each round starts with
 *     an untouched optimizer
 * @param iteration steps each replica has taken since the training run began, 0 or more
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
public record TrainingState(float[] parameters, float[] optimizerState, long iteration)
    implements Serializable {
  /** The same without optimizer state: the next round starts with an untouched optimizer. */
  public TrainingState withoutOptimizerState() {
    return new TrainingState(parameters, new float[0], iteration);
  }

  /** Whether a round from here starts with an untouched optimizer, and has no state of it. */
  public boolean startsUntouched() {
    return optimizerState.length == 0;
  }

  /** The same with other parameters. */
  public TrainingState withParameters(float[] newParameters) {
    return new TrainingState(newParameters, optimizerState, iteration);
  }

  /** Whether no parameter is infinite or NaN. */
  public boolean hasFiniteParameters() {
    for (float parameter : parameters) {
      if (!Float.isFinite(parameter)) {
        return false;
      }
    }
    return true;
  }
}
