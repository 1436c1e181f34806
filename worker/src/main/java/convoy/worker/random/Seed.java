package convoy.worker.random;

import java.util.Random;

/**
 * Derives every random generator of a training run from its one seed: a generator depends on the
 * seed, on its purpose and its place in the training run, never on the host, the thread or the
 * attempt. The mixing is SplitMix64's finalizer (Steele, Lea and Flood, "Fast Splittable
 * Pseudorandom Number Generators", 2014, figure 16).
 */
public final class Seed {
  /** What a generator is for; two purposes never share a stream. */
  public enum Purpose {
    /** The deal of the images to the shards. */
    SHARDING,
    /** The order of the images inside a shard. */
    ORDER,
    /** Random flips, crops and cutouts. */
    AUGMENTATION,
    /** Which images an alternating flip mirrors in the first epoch. */
    FLIP,
    /** Dropout masks. */
    DROPOUT,
    /** The drawing of synthetic images. */
    SYNTHESIS,
    /** The disturbances that a model is tested under. */
    DISTURBANCE
  }

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private Seed() {}

  /**
   * The seed for {@code purpose} at the given coordinates, for instance epoch, round, partition.
   */
  public static long derive(long seed, Purpose purpose, long... coordinates) {
    long value = mix(seed + GOLDEN_GAMMA * purpose.name().hashCode());
    for (long coordinate : coordinates) {
      value = mix(value + GOLDEN_GAMMA * (coordinate + 1));
    }
    return value;
  }

  /**
   * A generator so seeded. {@link Random}, because its algorithm is part of the Java specification:
   * the same numbers on every JVM.
   */
  public static Random random(long seed, Purpose purpose, long... coordinates) {
    return new Random(derive(seed, purpose, coordinates));
  }

  /** The numbers 0 to {@code count - 1} in random order (Fisher-Yates shuffle). */
  public static int[] permutation(int count, Random random) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
