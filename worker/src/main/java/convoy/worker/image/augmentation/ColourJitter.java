package convoy.worker.image.augmentation;

import java.io.Serializable;
import java.util.Random;

/**
 * How far the colours of training images are changed: each strength {@code s}, 0 to 1, gives a
 * factor that is drawn evenly from {@code 1 - s} to {@code 1 + s} for each image, as in
 * torchvision's {@code ColorJitter}. {@link ColourFactors} says what the factors do.
 *
 * @param brightness strength, 0 for none
 * @param contrast strength, 0 for none
 * @param saturation strength, 0 for none
 */
public record ColourJitter(double brightness, double contrast, double saturation)
    implements Serializable {
  /** The colours as they are. */
  public static final ColourJitter NONE = new ColourJitter(0, 0, 0);

  /** Draws the factors of one image; a strength of 0 draws nothing. */
  ColourFactors draw(Random stream) {
    return equals(NONE)
        ? ColourFactors.NONE
        : new ColourFactors(
            factor(brightness, stream), factor(contrast, stream), factor(saturation, stream));
  }

  private static float factor(double strength, Random stream) {
    return strength == 0 ? 1 : (float) (1 + strength * (2 * stream.nextDouble() - 1));
  }
}
