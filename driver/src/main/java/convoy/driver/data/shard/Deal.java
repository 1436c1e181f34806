package convoy.driver.data.shard;

import convoy.worker.random.Seed;
import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * Deals images to shards like cards: image i gets a random rank, and rank r goes to shard r mod K,
 * place r / K. So sizes differ by at most one, and the deal depends on the seed and its number
 * only, not on how the files were read.
 *
 * @param images how many
 * @param shards K, 1 or more
 * @param seed the seed of the training run
 * @param number which deal of the training run, from 0
 */
record Deal(int images, int shards, long seed, int number) implements Serializable {
  /** Where each image goes; four bytes of memory per image. */
  Placement placement() {
    return new Dealt(Seed.permutation(images, Seed.random(seed, Seed.Purpose.SHARDING, number)));
  }

  /** The number of images in each shard. */
  int[] sizes() {
    return IntStream.range(0, shards)
        .map(shard -> images / shards + (shard < images % shards ? 1 : 0))
        .toArray();
  }

  private final class Dealt implements Placement {
    private final int[] ranks;

    Dealt(int[] ranks) {
      this.ranks = ranks;
    }

    @Override
    public int shard(int image) {
      return ranks[image] % shards;
    }

    @Override
    public int place(int image) {
      return ranks[image] / shards;
    }
  }
}
