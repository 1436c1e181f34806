package convoy.worker.image.minibatch;

import convoy.worker.image.ImageShape;
import convoy.worker.image.Normalization;
import convoy.worker.image.augmentation.AugmentationDraws;
import convoy.worker.image.augmentation.Cutout;
import convoy.worker.image.shard.ImageShard;
import java.util.Arrays;

/**
 * Gathers images of a shard into a {@link Minibatch}: picks them by index, augments them, and turns
 * bytes into normalised floats in one pass, through a table of 256 values a channel.
 */
public final class MinibatchAssembler {
  private final ImageShard shard;
  private final ImageShape shape;
  private final float[][] table;
  private final Minibatch minibatch;
  private final byte[] pixels;

  /** An assembler of minibatches of up to {@code capacity} images of {@code shard}. */
  public MinibatchAssembler(ImageShard shard, Normalization normalization, int capacity) {
    this.shard = shard;
    this.shape = shard.shape();
    this.table = normalization.table();
    this.minibatch = new Minibatch(shape, capacity);
    this.pixels = new byte[shape.pixels()];
    if (table.length != shape.channels()) {
      throw new IllegalArgumentException(
          "Cannot normalize images of %s with statistics of %d channels"
              .formatted(shape, table.length));
    }
  }

  /**
   * The images at {@code order[from]} to {@code order[to - 1]}, varied as {@code draws} says, in
   * the one buffer that every call of this assembler fills.
   */
  public Minibatch assemble(int[] order, int from, int to, AugmentationDraws draws) {
    for (int i = from; i < to; i++) {
      shard.read(order[i], pixels);
      copy(i - from, draws.next(pixels, shape));
      minibatch.labels()[i - from] = shard.label(order[i]);
    }
    minibatch.count(to - from);
    return minibatch;
  }

  /** The images {@code from} to {@code to - 1} of the shard as they are. */
  public Minibatch assemble(int from, int to) {
    for (int i = from; i < to; i++) {
      shard.read(i, pixels);
      copy(i - from, AugmentationDraws.Draw.AS_IT_IS);
      minibatch.labels()[i - from] = shard.label(i);
    }
    minibatch.count(to - from);
    return minibatch;
  }

  private void copy(int place, AugmentationDraws.Draw draw) {
    int plane = shape.height() * shape.width();
    for (int c = 0; c < shape.channels(); c++) {
      copyPlane(c * plane, (place * shape.channels() + c) * plane, table[c], draw);
      blank((place * shape.channels() + c) * plane, draw.cutout());
    }
  }

  private void blank(int target, Cutout cutout) {
    for (int y = cutout.top(); y < cutout.bottom(); y++) {
      int row = target + y * shape.width();
      Arrays.fill(minibatch.images(), row + cutout.left(), row + cutout.right(), 0);
    }
  }

  private void copyPlane(int source, int target, float[] values, AugmentationDraws.Draw draw) {
    float[] images = minibatch.images();
    int width = shape.width();
    int direction = draw.mirrored() ? -1 : 1;
    for (int y = 0; y < shape.height(); y++) {
      int fromRow = y + draw.down();
      int row = target + y * width;
      if (fromRow < 0 || fromRow >= shape.height()) {
        Arrays.fill(images, row, row + width, values[0]);
        continue;
      }
      int column = draw.mirrored() ? width - 1 + draw.right() : draw.right();
      for (int x = 0; x < width; x++, column += direction) {
        images[row + x] =
            column < 0 || column >= width
                ? values[0]
                : values[pixels[source + fromRow * width + column] & 0xff];
      }
    }
  }
}
