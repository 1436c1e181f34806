package convoy.worker.image.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResamplingTest {
  @ParameterizedTest
  @CsvSource({"64, 64", "33, 47", "32, 32", "500, 375", "1000, 33", "97, 32"})
  void shrinking_averagesTheAreaUnderEachTargetPixel(int width, int height) {
    BufferedImage image = ImageFiles.noise(width, height, BufferedImage.TYPE_INT_RGB);

    byte[] resized = Resampling.resize(RgbRows.of(image), 32, 32);

    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < 32; y++) {
        for (int x = 0; x < 32; x++) {
          double expected =
              areaAverage(image, channel, x * width / 32.0, y * height / 32.0, width, height);
          assertThat((double) (resized[(channel * 32 + y) * 32 + x] & 0xff))
              .isBetween(expected - 0.5 - 1e-9, expected + 0.5 + 1e-9);
        }
      }
    }
  }

  /** The integral of the picture, constant within each pixel, over a target pixel. */
  private static double areaAverage(
      BufferedImage image, int channel, double left, double top, int width, int height) {
    double right = left + width / 32.0;
    double bottom = top + height / 32.0;
    double sum = 0;
    for (int y = (int) top; y < Math.min(height, bottom); y++) {
      for (int x = (int) left; x < Math.min(width, right); x++) {
        double covered =
            (Math.min(right, x + 1) - Math.max(left, x))
                * (Math.min(bottom, y + 1) - Math.max(top, y));
        sum += covered * sample(image, channel, x, y);
      }
    }
    return sum / ((right - left) * (bottom - top));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 3", "16, 16", "31, 17", "5, 31"})
  void growing_interpolatesLinearlyBetweenPixelCentres(int width, int height) {
    BufferedImage image = ImageFiles.noise(width, height, BufferedImage.TYPE_INT_RGB);

    byte[] resized = Resampling.resize(RgbRows.of(image), 32, 32);

    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < 32; y++) {
        for (int x = 0; x < 32; x++) {
          double expected =
              bilinear(image, channel, (x + 0.5) * width / 32 - 0.5, (y + 0.5) * height / 32 - 0.5);
          assertThat((double) (resized[(channel * 32 + y) * 32 + x] & 0xff))
              .isBetween(expected - 0.5 - 1e-9, expected + 0.5 + 1e-9);
        }
      }
    }
  }

  private static double bilinear(BufferedImage image, int channel, double x, double y) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    double right = x - left;
    double below = y - top;
    return (1 - below) * (1 - right) * held(image, channel, left, top)
        + (1 - below) * right * held(image, channel, left + 1, top)
        + below * (1 - right) * held(image, channel, left, top + 1)
        + below * right * held(image, channel, left + 1, top + 1);
  }

  private static int held(BufferedImage image, int channel, int x, int y) {
    return sample(
        image,
        channel,
        Math.max(0, Math.min(image.getWidth() - 1, x)),
        Math.max(0, Math.min(image.getHeight() - 1, y)));
  }

  private static int sample(BufferedImage image, int channel, int x, int y) {
    return image.getRGB(x, y) >> (16 - 8 * channel) & 0xff;
  }

  @Test
  void checkerboardOfSinglePixels_shrinksToEvenGrey() {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, (i % 64 + i / 64) % 2 == 0 ? 0xffffff : 0);
    }

    assertThat(Resampling.resize(RgbRows.of(image), 32, 32)).containsOnly(128);
  }

  @Test
  void oneRowOfTenThousand_isAveragedAcrossAndRepeatedDown() {
    BufferedImage image = new BufferedImage(10_000, 1, BufferedImage.TYPE_INT_RGB);
    for (int x = 5_000; x < 10_000; x++) {
      image.setRGB(x, 0, 0xff0000);
    }

    byte[] resized = Resampling.resize(RgbRows.of(image), 32, 32);

    for (int i = 0; i < 32 * 32; i++) {
      assertThat(resized[i]).isEqualTo((byte) (i % 32 < 16 ? 0 : 255));
      assertThat(resized[1024 + i]).isZero();
    }
  }
}
