package convoy.driver.training;

import convoy.driver.config.TrainingConfig;
import convoy.worker.training.Round;
import java.util.ArrayList;
import java.util.List;

/**
 * The arithmetic of a training: an epoch is one pass over all images, whatever the number of
 * replicas.
 *
 * @param images in the training set
 * @param epochs passes over them
 * @param replicas K, the number of shards
 * @param localSteps H, steps a replica takes between two averagings
 * @param batchSize images of one replica's step
 */
public record TrainingPlan(int images, int epochs, int replicas, int localSteps, int batchSize) {
  static TrainingPlan of(TrainingConfig config, int images) {
    return new TrainingPlan(
        images, config.epochs(), config.replicas(), config.localSteps(), config.batchSize());
  }

  /** Images of the largest shard. */
  int shardImages() {
    return ceiling(images, replicas);
  }

  /** Steps of the longest replica in an epoch, the tail minibatch included. */
  int stepsPerEpoch() {
    return ceiling(shardImages(), batchSize);
  }

  /** Rounds of averaging in an epoch; the last may have fewer steps. */
  int roundsPerEpoch() {
    return ceiling(stepsPerEpoch(), localSteps);
  }

  /** Images that one step of all replicas sees. */
  long globalBatchSize() {
    return (long) replicas * batchSize;
  }

  /** Steps of the longest replica in the whole training. */
  long steps() {
    return (long) epochs * stepsPerEpoch();
  }

  /** The rounds of an epoch, from 1, in their order. */
  List<Round> rounds(int epoch) {
    List<Round> rounds = new ArrayList<>();
    for (int step = 0; step < stepsPerEpoch(); step += localSteps) {
      int steps = Math.min(localSteps, stepsPerEpoch() - step);
      rounds.add(new Round(epoch, rounds.size() + 1, step, steps));
    }
    return rounds;
  }

  /** Images that all replicas together train on in a round. */
  public long images(Round round) {
    long from = (long) round.firstStep() * batchSize;
    long to = from + (long) round.steps() * batchSize;
    long sum = 0;
    for (int shard = 0; shard < replicas; shard++) {
      long size = (long) images / replicas + (shard < images % replicas ? 1 : 0);
      sum += Math.min(size, to) - Math.min(size, from);
    }
    return sum;
  }

  @Override
  public String toString() {
    return "%d images, %d epochs (%d in all), %d replicas with minibatches of %d (%d in all), %d steps an epoch, averaged every %d (%d rounds an epoch)"
        .formatted(
            images,
            epochs,
            (long) images * epochs,
            replicas,
            batchSize,
            globalBatchSize(),
            stepsPerEpoch(),
            localSteps,
            roundsPerEpoch());
  }

  private static int ceiling(int dividend, int divisor) {
    return Math.toIntExact(((long) dividend + divisor - 1) / divisor);
  }
}
