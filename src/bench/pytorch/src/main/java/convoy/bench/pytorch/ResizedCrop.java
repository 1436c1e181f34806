package convoy.bench.pytorch;

import convoy.worker.image.ImageShape;
import java.util.Random;

/**
 * torchvision's {@code RandomResizedCrop} for square images (Szegedy et al., "Going Deeper with
 * Convolutions", 2015, section 6).
 *
 * @param area least share of the image's area, 1 for no such crop
 * @param ratio greatest width against height, and the other way round
 */
record ResizedCrop(double area, double ratio) {
  private static final int DRAWS = 10;

  /** Whether there is such a crop. */
  boolean isUsed() {
    return area < 1;
  }

  /** Draws one crop of an image of that shape: the first of ten that fits, or else all of it. */
  Crop draw(ImageShape shape, Random random) {
    for (int i = 0; i < DRAWS; i++) {
      double pixels = shape.height() * shape.width() * random.nextDouble(area, 1);
      double drawn = Math.pow(ratio, random.nextDouble(-1, 1));
      int width = (int) Math.round(Math.sqrt(pixels * drawn));
      int height = (int) Math.round(Math.sqrt(pixels / drawn));
      if (width <= shape.width() && height <= shape.height()) {
        return new Crop(
            random.nextInt(shape.height() - height + 1),
            random.nextInt(shape.width() - width + 1),
            height,
            width);
      }
    }
    return new Crop(0, 0, shape.height(), shape.width());
  }
}
