package convoy.worker.image.disturbance;

import convoy.worker.image.ImageShape;
import java.util.Random;

/**
 * Blurs an image by a Gaussian, whose width grows continuously with the strength and the size of
 * the image; the disk of a lens out of focus covers whole pixels, and at 32 pixels has hardly any.
 * Beyond the border the image is mirrored, which keeps its mean.
 */
final class GaussianBlur implements Effect {
  /** Standard deviations that the kernel reaches to each side, as in scikit-image. */
  private static final double REACH = 4;

  /**
   * The blurred image.
   *
   * @param deviation standard deviation as a share of the shorter side
   */
  @Override
  public byte[] apply(byte[] pixels, ImageShape shape, double deviation, Random random) {
    double[] kernel = kernel(deviation * Math.min(shape.height(), shape.width()));
    int height = shape.height();
    int width = shape.width();
    byte[] blurred = new byte[pixels.length];
    double[] values = new double[height * width];
    double[] line = new double[Math.max(height, width)];
    for (int plane = 0; plane < pixels.length; plane += values.length) {
      for (int i = 0; i < values.length; i++) {
        values[i] = pixels[plane + i] & 0xff;
      }
      for (int y = 0; y < height; y++) {
        blur(values, y * width, 1, width, kernel, line);
      }
      for (int x = 0; x < width; x++) {
        blur(values, x, width, height, kernel, line);
      }
      for (int i = 0; i < values.length; i++) {
        blurred[plane + i] = PixelValues.nearest(values[i]);
      }
    }
    return blurred;
  }

  /** Weights from the middle outwards; the middle's and twice all others add up to 1. */
  private static double[] kernel(double deviation) {
    double[] kernel = new double[(int) (REACH * deviation + 0.5) + 1];
    double sum = 0;
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = StrictMath.exp(-0.5 * (i / deviation) * (i / deviation));
      sum += i == 0 ? kernel[i] : 2 * kernel[i];
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= sum;
    }
    return kernel;
  }

  /** Blurs a row or a column in place: {@code count} values, {@code step} apart. */
  private static void blur(
      double[] values, int start, int step, int count, double[] kernel, double[] line) {
    for (int i = 0; i < count; i++) {
      line[i] = values[start + i * step];
    }
    for (int i = 0; i < count; i++) {
      double sum = kernel[0] * line[i];
      for (int k = 1; k < kernel.length; k++) {
        sum += kernel[k] * (line[mirrored(i - k, count)] + line[mirrored(i + k, count)]);
      }
      values[start + i * step] = sum;
    }
  }

  /** The place in the line whose mirror image lies at {@code place}. */
  private static int mirrored(int place, int count) {
    if (place >= 0 && place < count) {
      return place;
    }
    int period = Math.floorMod(place, 2 * count);
    return Math.min(period, 2 * count - 1 - period);
  }
}
