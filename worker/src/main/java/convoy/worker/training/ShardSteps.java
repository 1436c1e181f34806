package convoy.worker.training;

import convoy.worker.image.Seed;
import java.util.Random;

/**
 * The steps of one round on one shard: which images, in which order, in which minibatches. The
 * order is drawn anew each epoch; every image stands in exactly one minibatch of the epoch, the
 * last one being as small as it comes out.
 */
final class ShardSteps {
  private final int[] order;
  private final int batchSize;
  private final int firstImage;
  private final int endImage;

  ShardSteps(ReplicaTask task, Round round, int partition, int images) {
    Random random = Seed.random(task.seed(), Seed.Purpose.ORDER, round.epoch(), partition);
    this.order = Seed.permutation(images, random);
    this.batchSize = task.batchSize();
    long imagesPerRound = (long) task.localSteps() * batchSize;
    this.firstImage = (int) Math.min(images, (round.round() - 1) * imagesPerRound);
    this.endImage = (int) Math.min(images, round.round() * imagesPerRound);
  }

  int[] order() {
    return order;
  }

  /** The number of steps, 0 if earlier rounds of the epoch used all images. */
  int count() {
    return (endImage - firstImage + batchSize - 1) / batchSize;
  }

  /** Where in the order the minibatch of {@code step} (from 0) begins. */
  int from(int step) {
    return firstImage + step * batchSize;
  }

  /** Where in the order it ends. */
  int to(int step) {
    return Math.min(endImage, from(step) + batchSize);
  }

  int images() {
    return endImage - firstImage;
  }
}
