package convoy.worker.image.shard;

import convoy.worker.image.ImageShape;
import java.io.Serializable;

/**
 * Labelled images packed end to end: pixels uint8 {@code [N][C][H][W]}, labels uint8 {@code [N]}.
 * This is what a partition of the training set caches. The arrays are shared, not copied, and must
 * not be changed.
 */
public final class ImageShard implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int channels;
  private final int height;
  private final int width;
  private final byte[] pixels;
  private final byte[] labels;

  /**
   * Packs images.
   *
   * @throws IllegalArgumentException if the pixels are not one image of {@code shape} a label
   */
  public ImageShard(ImageShape shape, byte[] pixels, byte[] labels) {
    if (pixels.length != (long) labels.length * shape.pixels()) {
      throw new IllegalArgumentException(
          "Cannot pack %d images of %s: they need %d bytes of pixels, not %d"
              .formatted(
                  labels.length, shape, (long) labels.length * shape.pixels(), pixels.length));
    }
    this.channels = shape.channels();
    this.height = shape.height();
    this.width = shape.width();
    this.pixels = pixels;
    this.labels = labels;
  }

  /** The number of images, 0 or more. */
  public int count() {
    return labels.length;
  }

  /** The shape of each image. */
  public ImageShape shape() {
    return new ImageShape(channels, height, width);
  }

  /** The pixels, uint8 {@code [N][C][H][W]}. */
  public byte[] pixels() {
    return pixels;
  }

  /** The labels, uint8 {@code [N]}. */
  public byte[] labels() {
    return labels;
  }

  /** The label of image {@code index}, 0 to 255. */
  public int label(int index) {
    return labels[index] & 0xff;
  }
}
