package convoy.worker.training;

import convoy.worker.engine.StepResult;
import convoy.worker.engine.TrainingNetwork;
import convoy.worker.image.shard.ImageShard;
import java.util.Optional;

/**
 * One replica of the network for one round: a function of its task, the state, the round and the
 * shard, and of nothing else. So Spark may run it anywhere, again, or twice at once.
 */
public final class Replica {
  private Replica() {}

  /**
   * Takes the round's local steps, from {@code state}, on the images that the round has in {@code
   * shard}. From a state without optimizer state it starts with an untouched optimizer, which has
   * taken no step, and brings none back. A step whose loss is not finite is the last.
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
      LocalSteps steps = new LocalSteps(task, state, round, partition, minibatches, network);
      double lossSum = 0;
      double lastLoss = 0;
      int correct = 0;
      while (steps.hasNext() && Double.isFinite(lossSum)) {
        StepResult result = steps.next();
        lastLoss = result.lossSum();
        lossSum += lastLoss;
        correct += result.correct();
      }
      TrainingState after = steps.state();
      long copyNanos = System.nanoTime() - start - steps.loadNanos() - steps.computeNanos();
      Optional<Divergence> divergence = Optional.empty();
      if (!Double.isFinite(lossSum) || !after.hasFiniteParameters()) {
        Divergence seen = new Divergence(partition, steps.count(), lastLoss, Optional.empty());
        divergence =
            DivergenceSearch.of(task, state, round, partition, shard, network)
                .or(() -> Optional.of(seen));
      }
      lease.done();
      return new ReplicaUpdate(
          after,
          minibatches.images(),
          steps.count(),
          lossSum,
          correct,
          new ReplicaTimes(steps.loadNanos(), steps.computeNanos(), copyNanos),
          divergence);
    }
  }
}
