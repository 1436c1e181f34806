package convoy.worker.image.disturbance;

import convoy.worker.image.ImageShape;
import convoy.worker.image.shard.ImageShard;

/**
 * A shard whose images are disturbed as they are read, the part of them that a network sees. It
 * holds no images.
 */
public final class DisturbedShard implements ImageShard {
  private final ImageShard shard;
  private final Middle middle;
  private final Disturbance disturbance;
  private final int strength;
  private final long seed;
  private final long first;

  /**
   * The images of {@code shard} under a disturbance.
   *
   * @param margin pixels on each side of a stored image that the network does not see
   * @param strength 1 to {@value Disturbance#STRENGTHS}
   * @param seed of all draws
   * @param first number of the shard's first image in its split, so that the result does not depend
   *     on how the split is divided
   */
  public DisturbedShard(
      ImageShard shard, int margin, Disturbance disturbance, int strength, long seed, long first) {
    this.shard = shard;
    this.middle = new Middle(shard.shape(), margin);
    this.disturbance = disturbance;
    this.strength = strength;
    this.seed = seed;
    this.first = first;
  }

  @Override
  public int count() {
    return shard.count();
  }

  @Override
  public ImageShape shape() {
    return shard.shape();
  }

  @Override
  public int label(int index) {
    return shard.label(index);
  }

  @Override
  public void read(int index, byte[] pixels) {
    shard.read(index, pixels);
    byte[] seen = middle.of(pixels);
    middle.replace(
        pixels, disturbance.applyTo(seen, middle.shape(), strength, seed, first + index));
  }
}
