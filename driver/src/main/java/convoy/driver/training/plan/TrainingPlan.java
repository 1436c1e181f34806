package convoy.driver.training.plan;

import convoy.worker.training.LearningRate;
import convoy.worker.training.Round;
import java.util.ArrayList;
import java.util.List;

/**
 * The arithmetic of a training run: an epoch is one pass over all images, whatever the number of
 * replicas.
 *
 * @param images in the training set
 * @param epochs passes over them
 * @param replicas K, the number of shards
 * @param batchSize images of one replica's step
 * @param roundLength steps a replica takes between two averagings
 * @param learningRate of every step
 */
public record TrainingPlan(
    int images,
    int epochs,
    int replicas,
    int batchSize,
    RoundLength roundLength,
    LearningRate learningRate) {
  /**
   * The plan for that many images.
   *
   * @param learningRate for any number of steps
   */
  public static TrainingPlan of(
      int images,
      int epochs,
      int replicas,
      int batchSize,
      RoundLength roundLength,
      LearningRateSpec learningRate) {
    long steps = (long) epochs * stepsPerEpoch(images, replicas, batchSize);
    return new TrainingPlan(
        images,
        epochs,
        replicas,
        batchSize,
        roundLength,
        learningRate.over(steps, (double) replicas * batchSize));
  }

  /** Steps of the longest replica in an epoch, the tail minibatch included. */
  public int stepsPerEpoch() {
    return stepsPerEpoch(images, replicas, batchSize);
  }

  private static int stepsPerEpoch(int images, int replicas, int batchSize) {
    int shardImages = ceiling(images, replicas);
    return ceiling(shardImages, batchSize);
  }

  /** Images that one step of all replicas sees. */
  public long globalBatchSize() {
    return (long) replicas * batchSize;
  }

  /** The rounds of an epoch, from 1, in their order. */
  public List<Round> rounds(int epoch) {
    long stepsBefore = (epoch - 1L) * stepsPerEpoch();
    List<Round> rounds = new ArrayList<>();
    int step = 0;
    while (step < stepsPerEpoch()) {
      long wanted = roundLength.steps(learningRate, stepsBefore + step);
      int steps = (int) Math.min(wanted, stepsPerEpoch() - step);
      rounds.add(new Round(epoch, rounds.size() + 1, step, steps));
      step += steps;
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
    int first = rounds(1).size();
    int last = rounds(epochs).size();
    return "%d images, %d epochs (%d examples), %d replicas with minibatches of %d (%d together), %d steps per epoch, %s (%s)"
        .formatted(
            images,
            epochs,
            (long) images * epochs,
            replicas,
            batchSize,
            globalBatchSize(),
            stepsPerEpoch(),
            roundLength,
            first == last
                ? "%d rounds per epoch".formatted(first)
                : "%d rounds in the first epoch, %d in the last".formatted(first, last));
  }

  private static int ceiling(int dividend, int divisor) {
    return Math.toIntExact(((long) dividend + divisor - 1) / divisor);
  }
}
