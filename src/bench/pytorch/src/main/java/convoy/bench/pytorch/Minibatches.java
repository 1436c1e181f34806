package convoy.bench.pytorch;

import convoy.worker.image.ImageShape;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Turns stored images into the minibatches of an epoch: normalized, and varied for training as
 * Convoy's augmentation varies them, by a flip with probability one half and a crop at random out
 * of the stored image with black pixels around it.
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

  /** How one image is varied: mirrored or not, and moved by some pixels before it is cropped. */
  private record Variation(boolean mirrored, int down, int right) {
    private static final Variation NONE = new Variation(false, 0, 0);
  }

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
      Arrays.fill(variations, Variation.NONE);
      step.accept(assembled(indices, variations));
    }
  }

  private Variation draw(Recipe recipe, Random random) {
    int reach = margin + recipe.cropPadding();
    return new Variation(
        recipe.flips() && random.nextBoolean(),
        random.nextInt(2 * reach + 1) - reach,
        random.nextInt(2 * reach + 1) - reach);
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

  private float value(int image, int channel, int y, int x, Variation variation) {
    int across = variation.mirrored() ? shape.width() - 1 - x : x;
    int row = margin + y + variation.down();
    int column = margin + across + variation.right();
    return values[channel][images.level(image, channel, row, column)];
  }
}
