package convoy.worker.training;

import convoy.worker.image.augmentation.AugmentationDraws;
import convoy.worker.image.minibatch.Minibatch;
import convoy.worker.image.minibatch.MinibatchAssembler;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.random.Seed;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The minibatches of one round on one shard, in step order. The order of the shard's images is
 * drawn anew each epoch and every image stands in exactly one minibatch of the epoch, the last one
 * being as small as it comes out. One buffer serves all: a minibatch is valid until the next is
 * asked for.
 */
public final class RoundMinibatches implements Iterator<Minibatch> {
  private final ReplicaTask task;
  private final int[] order;
  private final MinibatchAssembler assembler;
  private final AugmentationDraws augmentation;
  private final int images;
  private final int end;
  private int next;

  /**
   * The minibatches of {@code round} on {@code shard}.
   *
   * @param partition the shard's number, from 0: it chooses the random draws
   */
  public RoundMinibatches(ReplicaTask task, Round round, int partition, ImageShard shard) {
    this.task = task;
    this.order =
        Seed.permutation(
            shard.count(), Seed.random(task.seed(), Seed.Purpose.ORDER, round.epoch(), partition));
    this.augmentation =
        new AugmentationDraws(
            task.augmentation(),
            task.preprocessing(),
            task.seed(),
            round.epoch(),
            Seed.random(
                task.seed(), Seed.Purpose.AUGMENTATION, round.epoch(), round.round(), partition));
    this.assembler = new MinibatchAssembler(shard, task.preprocessing(), task.batchSize());
    this.next = before(round.firstStep());
    this.end = before(round.firstStep() + round.steps());
    this.images = end - next;
  }

  /** Images of the epoch before a step. */
  private int before(int step) {
    return (int) Math.min(order.length, (long) step * task.batchSize());
  }

  /** Images in all minibatches of the round, 0 if earlier rounds of the epoch used them all. */
  public int images() {
    return images;
  }

  /** Minibatches, hence local steps, of the round. */
  public int count() {
    return (images + task.batchSize() - 1) / task.batchSize();
  }

  @Override
  public boolean hasNext() {
    return next < end;
  }

  @Override
  public Minibatch next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The round has no more minibatches");
    }
    int from = next;
    next = Math.min(end, from + task.batchSize());
    return assembler.assemble(order, from, next, augmentation);
  }
}
