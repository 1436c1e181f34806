package convoy.worker.image.minibatch;

import convoy.worker.image.ImageShape;
import convoy.worker.image.Normalization;
import convoy.worker.image.Preprocessing;
import convoy.worker.image.augmentation.AugmentationDraws;
import convoy.worker.image.augmentation.AugmentationDraws.Draw;
import convoy.worker.image.augmentation.ColourFactors;
import convoy.worker.image.augmentation.Cutout;
import convoy.worker.image.shard.ImageShard;
import java.util.Arrays;

/**
 * Gathers images of a shard into a {@link Minibatch} of network inputs: picks them by index, reads
 * each once, augments it, and turns bytes into normalised floats.
 */
public final class MinibatchAssembler {
  private final ImageShard shard;
  private final ImageShape shape;
  private final Normalization normalization;
  private final float[][] normalized;
  private final float[][] bytes;
  private final CropCopier copier;
  private final CropResizer resizer;
  private final Draw middle;
  private final Minibatch minibatch;
  private final byte[] pixels;

  /**
   * An assembler of minibatches of up to {@code capacity} images of {@code shard}.
   *
   * @throws IllegalArgumentException if the preprocessing is that of images of another shape
   */
  public MinibatchAssembler(ImageShard shard, Preprocessing preprocessing, int capacity) {
    if (!shard.shape().equals(preprocessing.storedShape())) {
      throw new IllegalArgumentException(
          "Cannot assemble images of %s: the preprocessing is that of images of %s"
              .formatted(shard.shape(), preprocessing.storedShape()));
    }
    this.shard = shard;
    this.shape = preprocessing.inputShape();
    this.normalization = preprocessing.normalization();
    this.normalized = normalization.table();
    this.bytes = tableOfBytes(shape.channels());
    this.copier = new CropCopier(shard.shape());
    this.resizer = new CropResizer(shard.shape(), shape);
    this.middle = Draw.middle(preprocessing);
    this.minibatch = new Minibatch(shape, capacity);
    this.pixels = new byte[shard.shape().pixels()];
  }

  private static float[][] tableOfBytes(int channels) {
    float[][] table = new float[channels][256];
    for (float[] values : table) {
      for (int level = 0; level < values.length; level++) {
        values[level] = level;
      }
    }
    return table;
  }

  /**
   * The images at {@code order[from]} to {@code order[to - 1]}, varied as {@code draws} says, in
   * the one buffer that every call of this assembler fills.
   */
  public Minibatch assemble(int[] order, int from, int to, AugmentationDraws draws) {
    for (int i = from; i < to; i++) {
      shard.read(order[i], pixels);
      put(i - from, shard.label(order[i]), draws.next(pixels));
    }
    minibatch.count(to - from);
    return minibatch;
  }

  /** The middle of each of the images {@code from} to {@code to - 1} of the shard. */
  public Minibatch assemble(int from, int to) {
    for (int i = from; i < to; i++) {
      shard.read(i, pixels);
      put(i - from, shard.label(i), middle);
    }
    minibatch.count(to - from);
    return minibatch;
  }

  private void put(int place, int label, Draw draw) {
    int offset = place * shape.pixels();
    boolean isWhole = draw.crop().hasSizeOf(shape);
    if (isWhole && draw.colours().equals(ColourFactors.NONE)) {
      copier.copy(pixels, draw.crop(), draw.mirrored(), normalized, minibatch.images(), offset);
    } else {
      putChanged(offset, draw, isWhole);
    }
    blank(offset, draw.cutout());
    minibatch.labels()[place] = label;
  }

  /** The slower way: what is between two bytes, or another colour, has no place in the table. */
  private void putChanged(int offset, Draw draw, boolean isWhole) {
    float[] images = minibatch.images();
    if (isWhole) {
      copier.copy(pixels, draw.crop(), draw.mirrored(), bytes, images, offset);
    } else {
      resizer.resize(pixels, draw.crop(), draw.mirrored(), images, offset);
    }
    int plane = shape.height() * shape.width();
    draw.colours().apply(images, offset, plane);
    normalization.apply(images, offset, plane);
  }

  private void blank(int offset, Cutout cutout) {
    for (int c = 0; c < shape.channels(); c++) {
      for (int y = cutout.top(); y < cutout.bottom(); y++) {
        int row = offset + (c * shape.height() + y) * shape.width();
        Arrays.fill(minibatch.images(), row + cutout.left(), row + cutout.right(), 0);
      }
    }
  }
}
