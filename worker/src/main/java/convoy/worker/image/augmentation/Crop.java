package convoy.worker.image.augmentation;

import convoy.worker.image.ImageShape;

/**
 * The part of a stored image that becomes the network's input: rows {@code top} to {@code top +
 * height - 1}, columns {@code left} to {@code left + width - 1}. Where it has the input's size, it
 * may reach beyond the image, which is black there; otherwise it lies within the image and is
 * resized.
 */
public record Crop(int top, int left, int height, int width) {
  /** The same part moved down and to the right. */
  Crop moved(int down, int right) {
    return new Crop(top + down, left + right, height, width);
  }

  /** Whether it has the size of {@code input}, so that its pixels are taken as they are. */
  public boolean hasSizeOf(ImageShape input) {
    return height == input.height() && width == input.width();
  }
}
