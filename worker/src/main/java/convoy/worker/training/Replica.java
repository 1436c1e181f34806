package convoy.worker.training;

import convoy.worker.engine.StepResult;
import convoy.worker.engine.TrainingNetwork;
import convoy.worker.image.ImageShard;
import convoy.worker.image.Minibatch;
import convoy.worker.image.Seed;

/**
 * One replica of the network for one round: a function of what it is told, the state, the round and
 * the shard, and of nothing else. So Spark may run it anywhere, again, or twice at once.
 */
public final class Replica {
  private Replica() {}

  /**
   * Takes the round's local steps, from {@code state}, on the images that the round has in {@code
   * shard}. From a state without optimizer state it starts with an untouched optimizer, which has
   * taken no step, and brings none back.
   *
   * @param partition the shard's number, from 0: it chooses the random draws
   */
  public static ReplicaUpdate train(
      ReplicaTask task, TrainingState state, Round round, int partition, ImageShard shard) {
    RoundMinibatches minibatches = new RoundMinibatches(task, round, partition, shard);
    if (!minibatches.hasNext()) {
      return new ReplicaUpdate(state, 0, 0, 0, 0, new ReplicaTimes(0, 0, 0));
    }
    long start = System.nanoTime();
    try (NetworkPool.Lease lease = NetworkPool.lease(task)) {
      TrainingNetwork network = lease.network();
      boolean isUntouched = state.optimizerState().length == 0;
      if (isUntouched) {
        network.load(state.parameters(), new float[network.optimizerState().length], 0);
      } else {
        network.load(state.parameters(), state.optimizerState(), state.iteration());
      }
      long loaded = System.nanoTime();
      LocalSteps steps = run(task, round, state.iteration(), partition, minibatches, network);
      long trained = System.nanoTime();
      TrainingState after =
          new TrainingState(
              network.parameters(),
              isUntouched ? state.optimizerState() : network.optimizerState(),
              state.iteration() + steps.count());
      lease.done();
      long copyNanos = loaded - start + System.nanoTime() - trained;
      return new ReplicaUpdate(
          after,
          minibatches.images(),
          steps.count(),
          steps.lossSum(),
          steps.correct(),
          new ReplicaTimes(steps.loadNanos(), steps.computeNanos(), copyNanos));
    }
  }

  private record LocalSteps(
      int count, double lossSum, int correct, long loadNanos, long computeNanos) {}

  private static LocalSteps run(
      ReplicaTask task,
      Round round,
      long firstIteration,
      int partition,
      RoundMinibatches minibatches,
      TrainingNetwork network) {
    double lossSum = 0;
    int correct = 0;
    int count = 0;
    long loadNanos = 0;
    long computeNanos = 0;
    while (minibatches.hasNext()) {
      long start = System.nanoTime();
      Minibatch minibatch = minibatches.next();
      long loaded = System.nanoTime();
      long dropoutSeed =
          Seed.derive(
              task.seed(), Seed.Purpose.DROPOUT, round.epoch(), round.round(), partition, count);
      double learningRate = task.learningRate().at(firstIteration + count);
      StepResult result = network.step(minibatch, learningRate, dropoutSeed);
      lossSum += result.lossSum();
      correct += result.correct();
      count++;
      loadNanos += loaded - start;
      computeNanos += System.nanoTime() - loaded;
    }
    return new LocalSteps(count, lossSum, correct, loadNanos, computeNanos);
  }
}
