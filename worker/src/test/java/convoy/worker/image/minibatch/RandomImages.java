package convoy.worker.image.minibatch;

import convoy.worker.image.Normalization;
import convoy.worker.image.Preprocessing;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.image.shard.PackedImages;
import java.util.Random;

/** Random images for tests, the same for the same seed. */
public final class RandomImages {
  private RandomImages() {}

  /** A shard of {@code count} CIFAR-shaped images of random pixels and labels. */
  public static PackedImages shard(long seed, int count) {
    Random random = new Random(seed);
    byte[] pixels = new byte[count * CifarRecord.PIXEL_BYTES];
    char[] labels = new char[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (char) random.nextInt(CifarRecord.CLASSES);
      for (int p = 0; p < CifarRecord.PIXEL_BYTES; p++) {
        pixels[i * CifarRecord.PIXEL_BYTES + p] = (byte) random.nextInt(256);
      }
    }
    return new PackedImages(CifarRecord.SHAPE, pixels, labels);
  }

  /** A minibatch of {@code count} such images, normalised. */
  public static Minibatch minibatch(long seed, int count) {
    return new MinibatchAssembler(shard(seed, count), preprocessing(), count).assemble(0, count);
  }

  /** That of CIFAR-shaped images. */
  public static Preprocessing preprocessing() {
    return Preprocessing.stretching(CifarRecord.SHAPE, normalization());
  }

  /** About that of CIFAR-10. */
  public static Normalization normalization() {
    return new Normalization(new float[] {0.49f, 0.48f, 0.45f}, new float[] {0.25f, 0.24f, 0.26f});
  }
}
