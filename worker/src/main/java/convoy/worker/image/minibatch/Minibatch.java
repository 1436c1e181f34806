package convoy.worker.image.minibatch;

import convoy.worker.image.ImageShape;

/**
 * Images ready for a network: float32 {@code [N, C, H, W]} normalised, and their labels. One
 * minibatch is a reusable buffer: {@link MinibatchAssembler} fills its first {@code count} places.
 */
public final class Minibatch {
  private final ImageShape shape;
  private final float[] images;
  private final int[] labels;
  private int count;

  Minibatch(ImageShape shape, int capacity) {
    this.shape = shape;
    this.images = new float[Math.multiplyExact(capacity, shape.pixels())];
    this.labels = new int[capacity];
  }

  /** The shape of each image. */
  public ImageShape shape() {
    return shape;
  }

  /** The number of images in it, 1 to its capacity. */
  public int count() {
    return count;
  }

  /** The images, float32 {@code [capacity, C, H, W]}; the first {@link #count()} are valid. */
  public float[] images() {
    return images;
  }

  /** The labels, {@code [capacity]}; the first {@link #count()} are valid. */
  public int[] labels() {
    return labels;
  }

  /**
   * A minibatch of the same images mirrored left to right, in arrays of its own; its capacity is
   * this one's count.
   */
  public Minibatch mirrored() {
    Minibatch mirrored = new Minibatch(shape, count);
    int width = shape.width();
    for (int row = 0; row < mirrored.images.length; row += width) {
      for (int x = 0; x < width; x++) {
        mirrored.images[row + x] = images[row + width - 1 - x];
      }
    }
    System.arraycopy(labels, 0, mirrored.labels, 0, count);
    mirrored.count = count;
    return mirrored;
  }

  void count(int newCount) {
    this.count = newCount;
  }
}
