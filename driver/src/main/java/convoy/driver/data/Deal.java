package convoy.driver.data;

import convoy.worker.random.Seed;
import java.io.Serializable;

/**
 * Deals images to shards like cards: image i gets a random rank, and rank r goes to shard r mod K,
 * place r / K. So sizes differ by at most one, and the deal depends on the seed and its number
 * only, not on how the files were read.
 *
 * @param images how many
 * @param shards K, 1 or more
 * @param seed the training's seed
 * @param number which deal of the training, from 0
 */
record Deal(int images, int shards, long seed, int number) implements Serializable {
  /** The rank of each image: a permutation of 0 to images - 1. */
  int[] ranks() {
    return Seed.permutation(images, Seed.random(seed, Seed.Purpose.SHARDING, number));
  }

  int shard(int rank) {
    return rank % shards;
  }

  int place(int rank) {
    return rank / shards;
  }

  /** The number of images in a shard. */
  int size(int shard) {
    return images / shards + (shard < images % shards ? 1 : 0);
  }
}
