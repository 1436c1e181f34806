package convoy.driver.training;

import convoy.driver.config.TrainingConfig;

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

  /** Steps that the longest replica takes in a round, from 1. */
  public int stepsOfRound(int round) {
    return Math.min(localSteps, stepsPerEpoch() - (round - 1) * localSteps);
  }

  /** Images that all replicas together train on in a round, from 1. */
  public long imagesOfRound(int round) {
    long images = 0;
    for (int shard = 0; shard < replicas; shard++) {
      long size = (long) this.images / replicas + (shard < this.images % replicas ? 1 : 0);
      long perRound = (long) localSteps * batchSize;
      images += Math.min(size, round * perRound) - Math.min(size, (round - 1) * perRound);
    }
    return images;
  }

  @Override
  public String toString() {
    return "%d images, %d epochs, %d replicas with minibatches of %d (%d in all), %d steps an epoch, averaged every %d (%d rounds an epoch)"
        .formatted(
            images,
            epochs,
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
