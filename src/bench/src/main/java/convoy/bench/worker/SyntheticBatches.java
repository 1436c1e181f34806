package convoy.bench.worker;

import convoy.worker.image.ImageShape;
import convoy.worker.image.Normalization;
import convoy.worker.image.Preprocessing;
import convoy.worker.image.Split;
import convoy.worker.image.augmentation.Augmentation;
import convoy.worker.image.augmentation.AugmentationDraws;
import convoy.worker.image.augmentation.ColourJitter;
import convoy.worker.image.augmentation.ResizedCrop;
import convoy.worker.image.minibatch.Minibatch;
import convoy.worker.image.minibatch.MinibatchAssembler;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.image.shard.PackedImages;
import convoy.worker.image.synthesis.SyntheticImages;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Endless minibatches of drawn images, assembled anew for each step as a replica assembles them.
 * Images of CIFAR-10's shape show something; of any other, they are noise.
 */
public final class SyntheticBatches {
  private static final int BATCHES = 4;

  /** Of noise. */
  private static final int LABELS = 256;

  private static final Augmentation AUGMENTATION =
      new Augmentation(Augmentation.Flip.RANDOM, 4, ResizedCrop.NONE, ColourJitter.NONE, 0);

  /** The middle and about the spread of drawn images, on the scale 0 to 1. */
  private static final Normalization NORMALIZATION =
      new Normalization(new float[] {0.5f, 0.5f, 0.5f}, new float[] {0.25f, 0.25f, 0.25f});

  private final int batchSize;
  private final int[] order;
  private final MinibatchAssembler assembler;
  private final AugmentationDraws draws;
  private int next;

  /** Minibatches of {@code batchSize} images of {@code shape}, three channels. */
  public SyntheticBatches(int batchSize, ImageShape shape) {
    this.batchSize = batchSize;
    this.order = IntStream.range(0, BATCHES * batchSize).toArray();
    ImageShard shard =
        shape.equals(SyntheticImages.SHAPE) ? shard(order.length) : noise(order.length, shape);
    Preprocessing preprocessing = Preprocessing.stretching(shape, NORMALIZATION);
    this.assembler = new MinibatchAssembler(shard, preprocessing, batchSize);
    this.draws = new AugmentationDraws(AUGMENTATION, preprocessing, 1, 1, new Random(1));
  }

  /** That many drawn images with their labels. */
  public static ImageShard shard(int count) {
    SyntheticImages images = new SyntheticImages(1, Split.TRAINING);
    int size = SyntheticImages.SHAPE.pixels();
    byte[] pixels = new byte[count * size];
    char[] labels = new char[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (char) images.label(i);
      System.arraycopy(images.pixels(i), 0, pixels, i * size, size);
    }
    return new PackedImages(SyntheticImages.SHAPE, pixels, labels);
  }

  private static ImageShard noise(int count, ImageShape shape) {
    Random random = new Random(1);
    byte[] pixels = new byte[Math.multiplyExact(count, shape.pixels())];
    random.nextBytes(pixels);
    char[] labels = new char[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (char) random.nextInt(LABELS);
    }
    return new PackedImages(shape, pixels, labels);
  }

  /** The next minibatch, flipped and cropped; valid until another is asked for. */
  public Minibatch forTraining() {
    int from = advance();
    return assembler.assemble(order, from, from + batchSize, draws);
  }

  /** The next minibatch as it is; valid until another is asked for. */
  public Minibatch forPrediction() {
    int from = advance();
    return assembler.assemble(from, from + batchSize);
  }

  private int advance() {
    int from = next * batchSize;
    next = (next + 1) % BATCHES;
    return from;
  }
}
