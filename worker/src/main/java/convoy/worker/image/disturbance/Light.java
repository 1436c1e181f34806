package convoy.worker.image.disturbance;

import convoy.worker.image.ImageShape;
import java.util.Random;

/**
 * Makes an image lighter or darker, whichever is drawn: it adds to, or takes from, the value of
 * each pixel's colour in HSV and keeps hue and saturation. The value is the greatest of red, green
 * and blue, so that all three are multiplied by the same factor. CIFAR-10-C only makes images
 * lighter; darkness is as common before a camera.
 */
final class Light implements Effect {
  @Override
  public byte[] apply(byte[] pixels, ImageShape shape, double amount, Random random) {
    return lit(pixels, shape, random.nextBoolean() ? amount : -amount);
  }

  /** The image with {@code amount} more light, a share of the range, -1 to 1. */
  static byte[] lit(byte[] pixels, ImageShape shape, double amount) {
    int plane = shape.height() * shape.width();
    byte[] lit = new byte[pixels.length];
    for (int i = 0; i < plane; i++) {
      int value = 0;
      for (int at = i; at < pixels.length; at += plane) {
        value = Math.max(value, pixels[at] & 0xff);
      }
      double target = PixelValues.clamp(value + amount * PixelValues.RANGE, PixelValues.RANGE);
      for (int at = i; at < pixels.length; at += plane) {
        // Black has no hue, and becomes grey.
        lit[at] = PixelValues.nearest(value == 0 ? target : (pixels[at] & 0xff) * target / value);
      }
    }
    return lit;
  }
}
