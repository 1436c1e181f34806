package convoy.worker.training;

import convoy.worker.engine.StepResult;
import convoy.worker.engine.TrainingNetwork;
import convoy.worker.image.ImageShard;
import convoy.worker.image.Minibatch;
import convoy.worker.image.MinibatchAssembler;
import convoy.worker.image.Seed;
import java.util.Random;

/**
 * One replica of the network for one round: a function of what it is told, the state, the round and
 * the shard, and of nothing else. So Spark may run it anywhere, again, or twice at once.
 */
public final class Replica {
  private Replica() {}

  /**
   * Takes the round's local steps, from {@code state}, on the images that the round has in {@code
   * shard}.
   *
   * @param partition the shard's number, from 0: it chooses the random draws
   */
  public static ReplicaUpdate train(
      ReplicaTask task, TrainingState state, Round round, int partition, ImageShard shard) {
    ShardSteps steps = new ShardSteps(task, round, partition, shard.count());
    if (steps.count() == 0) {
      return new ReplicaUpdate(state, 0, 0, 0, 0, new ReplicaTimes(0, 0, 0));
    }
    long start = System.nanoTime();
    try (NetworkPool.Lease lease = NetworkPool.lease(task)) {
      TrainingNetwork network = lease.network();
      network.load(state.parameters(), state.optimizerState(), state.iteration());
      long loaded = System.nanoTime();
      LocalSteps result = run(task, round, partition, shard, steps, network);
      long trained = System.nanoTime();
      TrainingState after =
          new TrainingState(
              network.parameters(), network.optimizerState(), state.iteration() + steps.count());
      long copy = loaded - start + System.nanoTime() - trained;
      return new ReplicaUpdate(
          after,
          steps.images(),
          steps.count(),
          result.lossSum,
          result.correct,
          new ReplicaTimes(result.assemblyNanos, trained - loaded - result.assemblyNanos, copy));
    }
  }

  private record LocalSteps(double lossSum, int correct, long assemblyNanos) {}

  private static LocalSteps run(
      ReplicaTask task,
      Round round,
      int partition,
      ImageShard shard,
      ShardSteps steps,
      TrainingNetwork network) {
    MinibatchAssembler assembler =
        new MinibatchAssembler(shard, task.normalization(), task.batchSize());
    Random augmentation =
        Seed.random(
            task.seed(), Seed.Purpose.AUGMENTATION, round.epoch(), round.round(), partition);
    double lossSum = 0;
    int correct = 0;
    long assemblyNanos = 0;
    for (int step = 0; step < steps.count(); step++) {
      long start = System.nanoTime();
      Minibatch minibatch =
          assembler.assemble(
              steps.order(), steps.from(step), steps.to(step), task.augmentation(), augmentation);
      assemblyNanos += System.nanoTime() - start;
      long dropoutSeed =
          Seed.derive(
              task.seed(), Seed.Purpose.DROPOUT, round.epoch(), round.round(), partition, step);
      StepResult result = network.step(minibatch, round.learningRate(), dropoutSeed);
      lossSum += result.lossSum();
      correct += result.correct();
    }
    return new LocalSteps(lossSum, correct, assemblyNanos);
  }
}
