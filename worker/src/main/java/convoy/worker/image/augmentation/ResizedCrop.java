package convoy.worker.image.augmentation;

import convoy.worker.image.ImageShape;
import java.io.Serializable;
import java.util.Random;

/**
 * A crop of random size and shape at a random place (Szegedy et al., "Going Deeper with
 * Convolutions", 2015, section 6). Its area is a share of the stored image's, drawn evenly from
 * {@code leastArea} to 1; the ratio of its width to its height, against that of the network's
 * input, is drawn evenly on a logarithmic scale from 1 / {@code greatestRatio} to {@code
 * greatestRatio}; its place is drawn evenly. Of ten draws the first that fits into the image is
 * taken; if none does, the largest part in the middle whose ratio is allowed. All this is
 * torchvision's {@code RandomResizedCrop}, but that there the ratio is absolute, which is the same
 * for square inputs.
 *
 * @param leastArea above 0 to 1; 1 for no such crop
 * @param greatestRatio 1 or more; the paper has 4/3
 */
public record ResizedCrop(double leastArea, double greatestRatio) implements Serializable {
  /** No such crop. */
  public static final ResizedCrop NONE = new ResizedCrop(1, 1);

  private static final int DRAWS = 10;

  /** Whether there is such a crop. */
  public boolean isUsed() {
    return leastArea < 1;
  }

  /**
   * Draws one crop.
   *
   * @param stored the shape of the stored image
   * @param input the shape that the crop will be resized to
   */
  Crop draw(ImageShape stored, ImageShape input, Random stream) {
    double inputRatio = (double) input.width() / input.height();
    for (int i = 0; i < DRAWS; i++) {
      double share = leastArea + (1 - leastArea) * stream.nextDouble();
      double area = share * stored.height() * stored.width();
      // StrictMath gives the same bits on every machine.
      double logarithm = StrictMath.log(greatestRatio) * (2 * stream.nextDouble() - 1);
      double ratio = inputRatio * StrictMath.exp(logarithm);
      long height = Math.round(Math.sqrt(area / ratio));
      long width = Math.round(Math.sqrt(area * ratio));
      if (height > 0 && height <= stored.height() && width > 0 && width <= stored.width()) {
        return new Crop(
            stream.nextInt(stored.height() - (int) height + 1),
            stream.nextInt(stored.width() - (int) width + 1),
            (int) height,
            (int) width);
      }
    }
    return largestInTheMiddle(stored, inputRatio);
  }

  private Crop largestInTheMiddle(ImageShape stored, double inputRatio) {
    double storedRatio = (double) stored.width() / stored.height();
    double allowed =
        Math.max(inputRatio / greatestRatio, Math.min(inputRatio * greatestRatio, storedRatio));
    int height = (int) Math.min(stored.height(), Math.round(stored.width() / allowed));
    int width = (int) Math.min(stored.width(), Math.round(stored.height() * allowed));
    return new Crop((stored.height() - height) / 2, (stored.width() - width) / 2, height, width);
  }
}
