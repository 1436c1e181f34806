package convoy.worker.image.disturbance;

import convoy.worker.image.ImageShape;
import java.util.Random;

/** Adds normally distributed noise to every pixel of every channel. */
final class GaussianNoise implements Effect {
  /**
   * The image with noise.
   *
   * @param deviation standard deviation as a share of the range
   */
  @Override
  public byte[] apply(byte[] pixels, ImageShape shape, double deviation, Random random) {
    byte[] noisy = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      double noise = deviation * PixelValues.RANGE * random.nextGaussian();
      noisy[i] = PixelValues.nearest((pixels[i] & 0xff) + noise);
    }
    return noisy;
  }
}
