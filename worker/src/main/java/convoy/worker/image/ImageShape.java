package convoy.worker.image;

import java.io.Serializable;

/**
 * The size of an image: colour channels, rows and columns, all positive, and no more values in all
 * than an array can have.
 */
public record ImageShape(int channels, int height, int width) implements Serializable {
  /** Checks the sides. */
  public ImageShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "Cannot describe an image of %d x %d x %d: every side must be positive"
              .formatted(channels, height, width));
    }
    if ((double) channels * height * width > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Cannot describe an image of %d x %d x %d: it may have at most %d values"
              .formatted(channels, height, width, Integer.MAX_VALUE));
    }
  }

  /** The number of values in one image: channels x height x width. */
  public int pixels() {
    return channels * height * width;
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
