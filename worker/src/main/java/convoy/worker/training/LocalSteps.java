package convoy.worker.training;

import convoy.worker.engine.StepResult;
import convoy.worker.engine.TrainingNetwork;
import convoy.worker.image.minibatch.Minibatch;
import java.util.Iterator;

/** The steps of one replica in one round, taken one by one on a network that they change. */
final class LocalSteps implements Iterator<StepResult> {
  private final ReplicaTask task;
  private final Round round;
  private final int partition;
  private final long firstIteration;
  private final RoundMinibatches minibatches;
  private final TrainingNetwork network;
  private final boolean startsUntouched;
  private Minibatch minibatch;
  private int count;
  private long loadNanos;
  private long computeNanos;

  /**
   * The round's steps from {@code state}, which replaces what the network holds.
   *
   * @param minibatches of the round, one per step
   */
  LocalSteps(
      ReplicaTask task,
      TrainingState state,
      Round round,
      int partition,
      RoundMinibatches minibatches,
      TrainingNetwork network) {
    this.task = task;
    this.round = round;
    this.partition = partition;
    this.firstIteration = state.iteration();
    this.minibatches = minibatches;
    this.network = network;
    this.startsUntouched = state.startsUntouched();
    network.load(
        state.parameters(), state.optimizerState(), startsUntouched ? 0 : state.iteration());
  }

  @Override
  public boolean hasNext() {
    return minibatches.hasNext();
  }

  /** Takes a step. */
  @Override
  public StepResult next() {
    long start = System.nanoTime();
    minibatch = minibatches.next();
    long loaded = System.nanoTime();
    long dropoutSeed = task.dropoutSeed(round, partition, count);
    double learningRate = task.learningRate().at(firstIteration + count);
    StepResult result = network.step(minibatch, learningRate, dropoutSeed);
    count++;
    loadNanos += loaded - start;
    computeNanos += System.nanoTime() - loaded;
    return result;
  }

  /** The minibatch of the last step, until the next is taken. */
  Minibatch minibatch() {
    return minibatch;
  }

  /** What the steps so far have led to. */
  TrainingState state() {
    return new TrainingState(
        network.parameters(),
        startsUntouched ? new float[0] : network.optimizerState(),
        firstIteration + count);
  }

  /** Steps taken so far. */
  int count() {
    return count;
  }

  /** Time spent on gathering, augmenting and normalising minibatches. */
  long loadNanos() {
    return loadNanos;
  }

  /** Time spent in the network's steps. */
  long computeNanos() {
    return computeNanos;
  }
}
