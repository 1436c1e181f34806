package convoy.worker.image.disturbance;

import convoy.worker.image.ImageShape;
import java.util.Random;

/**
 * Turns an image about its middle, to a side that is drawn. Between pixels it interpolates
 * linearly; the corners that are uncovered repeat the nearest pixel of the border.
 */
final class Rotation implements Effect {
  @Override
  public byte[] apply(byte[] pixels, ImageShape shape, double degrees, Random random) {
    return rotated(pixels, shape, random.nextBoolean() ? degrees : -degrees);
  }

  /** The image turned counter-clockwise. */
  static byte[] rotated(byte[] pixels, ImageShape shape, double degrees) {
    int height = shape.height();
    int width = shape.width();
    double cosine = StrictMath.cos(StrictMath.toRadians(degrees));
    double sine = StrictMath.sin(StrictMath.toRadians(degrees));
    double middleX = (width - 1) / 2.0;
    double middleY = (height - 1) / 2.0;
    byte[] rotated = new byte[pixels.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double right = x - middleX;
        double down = y - middleY;
        double fromX = PixelValues.clamp(middleX + cosine * right - sine * down, width - 1.0);
        double fromY = PixelValues.clamp(middleY + sine * right + cosine * down, height - 1.0);
        for (int channel = 0; channel < shape.channels(); channel++) {
          int plane = channel * height * width;
          rotated[plane + y * width + x] =
              PixelValues.nearest(interpolated(pixels, plane, height, width, fromX, fromY));
        }
      }
    }
    return rotated;
  }

  private static double interpolated(
      byte[] pixels, int plane, int height, int width, double x, double y) {
    int left = (int) x;
    int top = (int) y;
    int right = Math.min(left + 1, width - 1);
    int upper = plane + top * width;
    int lower = plane + Math.min(top + 1, height - 1) * width;
    double towardsRight = x - left;
    double towardsLower = y - top;
    double above =
        (1 - towardsRight) * (pixels[upper + left] & 0xff)
            + towardsRight * (pixels[upper + right] & 0xff);
    double below =
        (1 - towardsRight) * (pixels[lower + left] & 0xff)
            + towardsRight * (pixels[lower + right] & 0xff);
    return (1 - towardsLower) * above + towardsLower * below;
  }
}
