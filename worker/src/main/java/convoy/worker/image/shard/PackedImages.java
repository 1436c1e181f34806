package convoy.worker.image.shard;

import convoy.worker.image.ImageShape;
import java.io.Serializable;

/**
 * A shard in memory, packed end to end: pixels uint8 {@code [N][C][H][W]}, labels uint16 {@code
 * [N]}. It holds less than 2 GiB of pixels, as much as one array does. The arrays are shared, not
 * copied, and must not be changed.
 */
public final class PackedImages implements ImageShard, Serializable {
  private static final long serialVersionUID = 1L;

  private final int channels;
  private final int height;
  private final int width;
  private final byte[] pixels;
  private final char[] labels;

  /**
   * Packs images.
   *
   * @throws IllegalArgumentException if the pixels are not one image of {@code shape} per label
   */
  public PackedImages(ImageShape shape, byte[] pixels, char[] labels) {
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

  @Override
  public int count() {
    return labels.length;
  }

  @Override
  public ImageShape shape() {
    return new ImageShape(channels, height, width);
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  @Override
  public void read(int index, byte[] image) {
    int size = channels * height * width;
    System.arraycopy(pixels, index * size, image, 0, size);
  }

  /** The pixels, uint8 {@code [N][C][H][W]}. */
  public byte[] pixels() {
    return pixels;
  }

  /** The labels, uint16 {@code [N]}. */
  public char[] labels() {
    return labels;
  }
}
