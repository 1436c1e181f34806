package convoy.worker.image.disturbance;

import convoy.worker.image.ImageShape;

/** The part of a stored image that a network sees: all of it but a margin on each side. */
public final class Middle {
  private final ImageShape stored;
  private final ImageShape shape;
  private final int margin;

  /** The middle of images of the shape {@code stored}, without {@code margin} pixels a side. */
  public Middle(ImageShape stored, int margin) {
    this.stored = stored;
    this.shape = stored.withoutMargin(margin);
    this.margin = margin;
  }

  /** The shape of the middle. */
  public ImageShape shape() {
    return shape;
  }

  /** The middle of a stored image, uint8 {@code [C][H][W]}, in an array of its own. */
  public byte[] of(byte[] image) {
    byte[] middle = new byte[shape.pixels()];
    for (int row = 0; row < shape.channels() * shape.height(); row++) {
      System.arraycopy(image, start(row), middle, row * shape.width(), shape.width());
    }
    return middle;
  }

  /** Replaces the middle of a stored image; its margin stays. */
  public void replace(byte[] image, byte[] middle) {
    for (int row = 0; row < shape.channels() * shape.height(); row++) {
      System.arraycopy(middle, row * shape.width(), image, start(row), shape.width());
    }
  }

  /** Where a row of the middle, all channels' rows counted, starts in the stored image. */
  private int start(int row) {
    int channel = row / shape.height();
    int y = margin + row % shape.height();
    return (channel * stored.height() + y) * stored.width() + margin;
  }
}
