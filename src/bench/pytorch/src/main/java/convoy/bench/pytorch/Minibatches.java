package convoy.bench.pytorch;

import convoy.worker.image.ImageShape;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Turns stored images into the minibatches of an epoch: normalized, and varied for training as
 * Convoy's augmentation varies them, by a flip with probability one half and a crop at random: of
 * the input's size out of the stored image with black pixels around it, or of another size and
 * resized.
 */
final class Minibatches {
  private final StoredImages images;
  private final ImageShape shape;
  private final int margin;
  private final float[][] values;

  /** Minibatches of {@code images}, which are those of a split of {@code set}. */
  Minibatches(TrainingSet set, StoredImages images) {
    this.images = images;
    this.margin = set.margin();
    ImageShape stored = images.shape();
    this.shape =
        new ImageShape(
            stored.channels(), stored.height() - 2 * margin, stored.width() - 2 * margin);
    this.values = set.normalization().table();
  }

  /** Some images as the network takes them: float32 {@code [N][C][H][W]}, and their labels. */
  static final class Minibatch {
    private final ImageShape shape;
    private final float[] images;
    private final long[] labels;

    private Minibatch(ImageShape shape, int count) {
      this.shape = shape;
      this.images = new float[count * shape.pixels()];
      this.labels = new long[count];
    }

    int count() {
      return labels.length;
    }

    float[] images() {
      return images;
    }

    long[] labels() {
      return labels;
    }

    /** The shape of the images together, {@code [N, C, H, W]}. */
    long[] dimensions() {
      return new long[] {count(), shape.channels(), shape.height(), shape.width()};
    }
  }

  /** How one image is varied. */
  private record Variation(boolean mirrored, Crop crop) {}

  /**
   * Hands over the minibatches of an epoch of training: every image once, in an order drawn anew,
   * the last minibatch as small as it comes out.
   */
  void shuffled(Recipe recipe, Random random, Consumer<Minibatch> step) {
    int[] order = new int[images.count()];
    Arrays.setAll(order, i -> i);
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[other];
      order[other] = swapped;
    }
    for (int from = 0; from < order.length; from += recipe.batchSize()) {
      int[] indices =
          Arrays.copyOfRange(order, from, Math.min(order.length, from + recipe.batchSize()));
      Variation[] variations = new Variation[indices.length];
      Arrays.setAll(variations, i -> draw(recipe, random));
      step.accept(assembled(indices, variations));
    }
  }

  /** Hands over all images as they are, centre crops of the stored ones, in stored order. */
  void inOrder(int batchSize, Consumer<Minibatch> step) {
    for (int from = 0; from < images.count(); from += batchSize) {
      int first = from;
      int[] indices = new int[Math.min(batchSize, images.count() - from)];
      Arrays.setAll(indices, i -> first + i);
      Variation[] variations = new Variation[indices.length];
      Arrays.fill(variations, new Variation(false, centre(0, 0)));
      step.accept(assembled(indices, variations));
    }
  }

  private Variation draw(Recipe recipe, Random random) {
    return new Variation(recipe.flips() && random.nextBoolean(), crop(recipe, random));
  }

  private Crop crop(Recipe recipe, Random random) {
    if (recipe.resizedCrop().isUsed()) {
      return recipe.resizedCrop().draw(images.shape(), random);
    }
    int reach = margin + recipe.cropPadding();
    return centre(random.nextInt(2 * reach + 1) - reach, random.nextInt(2 * reach + 1) - reach);
  }

  /** The middle of the image, moved. */
  private Crop centre(int down, int right) {
    return new Crop(margin + down, margin + right, shape.height(), shape.width());
  }

  private Minibatch assembled(int[] indices, Variation[] variations) {
    Minibatch minibatch = new Minibatch(shape, indices.length);
    int next = 0;
    for (int i = 0; i < indices.length; i++) {
      minibatch.labels[i] = images.label(indices[i]);
      for (int c = 0; c < shape.channels(); c++) {
        for (int y = 0; y < shape.height(); y++) {
          for (int x = 0; x < shape.width(); x++) {
            minibatch.images[next++] = value(indices[i], c, y, x, variations[i]);
          }
        }
      }
    }
    return minibatch;
  }

  /** The input at a place, interpolated bilinearly between the centres of the crop's pixels. */
  private float value(int image, int channel, int y, int x, Variation variation) {
    Crop crop = variation.crop();
    int across = variation.mirrored() ? shape.width() - 1 - x : x;
    double row = place(y, shape.height(), crop.height());
    double column = place(across, shape.width(), crop.width());
    int top = (int) row;
    int left = (int) column;
    int bottom = Math.min(top + 1, crop.height() - 1);
    int right = Math.min(left + 1, crop.width() - 1);
    double above =
        between(
            pixel(image, channel, crop, top, left),
            pixel(image, channel, crop, top, right),
            column - left);
    double below =
        between(
            pixel(image, channel, crop, bottom, left),
            pixel(image, channel, crop, bottom, right),
            column - left);
    return (float) between(above, below, row - top);
  }

  /** Where in {@code length} pixels the pixel {@code i} of {@code size} has its centre. */
  private static double place(int i, int size, int length) {
    double place = (i + 0.5) * length / size - 0.5;
    return Math.max(0, Math.min(length - 1, place));
  }

  private double pixel(int image, int channel, Crop crop, int row, int column) {
    return values[channel][images.level(image, channel, crop.top() + row, crop.left() + column)];
  }

  private static double between(double first, double second, double share) {
    return first + (second - first) * share;
  }
}
