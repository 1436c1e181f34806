package convoy.worker.training;

import java.util.Optional;

/**
 * What one replica returns from a round. A replica whose shard had no images left for the round
 * brings the state it was given, with 0 examples, and weighs nothing in the average.
 *
 * @param state parameters (batch-norm statistics included) and optimizer state after the local
 *     steps
 * @param examples images trained on, 0 or more: the update's weight
 * @param steps local steps taken, 0 or more
 * @param lossSum cross-entropy in nats summed over the examples
 * @param correct examples classified rightly before the step that used them
 * @param times where the time went
 * @param divergence where its numbers stopped being finite; empty if they did not
 */
public record ReplicaUpdate(
    TrainingState state,
    int examples,
    int steps,
    double lossSum,
    int correct,
    ReplicaTimes times,
    Optional<Divergence> divergence) {
  /** An update that did not diverge. */
  public ReplicaUpdate(
      TrainingState state,
      int examples,
      int steps,
      double lossSum,
      int correct,
      ReplicaTimes times) {
    this(state, examples, steps, lossSum, correct, times, Optional.empty());
  }

  /** The same update, with {@code other} as its state: a slice of it. */
  ReplicaUpdate withState(TrainingState other) {
    return new ReplicaUpdate(other, examples, steps, lossSum, correct, times, divergence);
  }

  /** The same update, with a state of no parameters. */
  ReplicaUpdate withoutState() {
    return withState(new TrainingState(new float[0], new float[0], state.iteration()));
  }
}
