package convoy.worker.image;

import java.io.Serializable;

/** The size of an image: colour channels, rows and columns, all positive. */
public record ImageShape(int channels, int height, int width) implements Serializable {
  /** Checks that every side is positive. */
  public ImageShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "Cannot describe an image of %d x %d x %d: every side must be positive"
              .formatted(channels, height, width));
    }
  }

  /** The number of values in one image: channels x height x width. */
  public int pixels() {
    return Math.multiplyExact(channels, Math.multiplyExact(height, width));
  }

  /** The shape with {@code margin} more pixels on each side. */
  public ImageShape withMargin(int margin) {
    return new ImageShape(channels, height + 2 * margin, width + 2 * margin);
  }

  /** The shape without {@code margin} pixels on each side, of which something must be left. */
  public ImageShape withoutMargin(int margin) {
    return withMargin(-margin);
  }

  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
