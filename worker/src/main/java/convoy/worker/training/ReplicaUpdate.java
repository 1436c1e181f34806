package convoy.worker.training;

import java.io.Serializable;
import java.util.Optional;

/**
 * What one replica brings back from a round. A replica whose shard had no images left for the round
 * brings the state it was given, with 0 examples, and weighs nothing in the average.
 */
public final class ReplicaUpdate implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TrainingState state;
  private final int examples;
  private final int steps;
  private final double lossSum;
  private final int correct;
  private final ReplicaTimes times;
  private final Divergence divergence;

  /** An update that did not diverge; see the methods of the same names. */
  public ReplicaUpdate(
      TrainingState state,
      int examples,
      int steps,
      double lossSum,
      int correct,
      ReplicaTimes times) {
    this(state, examples, steps, lossSum, correct, times, Optional.empty());
  }

  /** An update; see the methods of the same names. */
  public ReplicaUpdate(
      TrainingState state,
      int examples,
      int steps,
      double lossSum,
      int correct,
      ReplicaTimes times,
      Optional<Divergence> divergence) {
    this.state = state;
    this.examples = examples;
    this.steps = steps;
    this.lossSum = lossSum;
    this.correct = correct;
    this.times = times;
    this.divergence = divergence.orElse(null);
  }

  /** The same update, with {@code other} as its state: a slice of it. */
  ReplicaUpdate withState(TrainingState other) {
    return new ReplicaUpdate(other, examples, steps, lossSum, correct, times, divergence());
  }

  /** The same update, with a state of no parameters. */
  ReplicaUpdate withoutState() {
    return withState(new TrainingState(new float[0], new float[0], state.iteration()));
  }

  /** Parameters (batch-norm statistics included) and optimizer state after the local steps. */
  public TrainingState state() {
    return state;
  }

  /** Images trained on, 0 or more: the update's weight. */
  public int examples() {
    return examples;
  }

  /** Local steps taken, 0 or more. */
  public int steps() {
    return steps;
  }

  /** Cross-entropy in nats summed over the examples. */
  public double lossSum() {
    return lossSum;
  }

  /** Examples classified rightly before the step that used them. */
  public int correct() {
    return correct;
  }

  /** Where the time went. */
  public ReplicaTimes times() {
    return times;
  }

  /** Where its numbers stopped being finite, if they did. */
  public Optional<Divergence> divergence() {
    return Optional.ofNullable(divergence);
  }
}
