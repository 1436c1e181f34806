package convoy.worker.image.augmentation;

import convoy.worker.image.ImageShape;

/**
 * The part of an image that is blanked: rows {@code top} to {@code bottom - 1}, columns {@code
 * left} to {@code right - 1} (DeVries and Taylor, "Improved Regularization of Convolutional Neural
 * Networks with Cutout", 2017). It holds 0 after normalization, the mean colour of the training
 * images, rather than black: as in the paper, so that batch statistics do not move with it.
 */
public record Cutout(int top, int bottom, int left, int right) {
  /** Nothing is blanked. */
  public static final Cutout NONE = new Cutout(0, 0, 0, 0);

  /**
   * A square around a pixel, clipped at the border of the image; where the side is even, the pixel
   * lies below and to the right of the middle.
   */
  static Cutout square(int side, int row, int column, ImageShape shape) {
    int top = row - side / 2;
    int left = column - side / 2;
    return new Cutout(
        Math.max(0, top),
        Math.min(shape.height(), top + side),
        Math.max(0, left),
        Math.min(shape.width(), left + side));
  }
}
