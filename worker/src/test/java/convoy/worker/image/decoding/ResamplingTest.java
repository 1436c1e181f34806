package convoy.worker.image.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.worker.image.Fit;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ResamplingTest {
  @ParameterizedTest
  @CsvSource({"64, 64", "33, 47", "32, 32", "500, 375", "1000, 33", "97, 32"})
  void shrinking_averagesTheAreaUnderEachTargetPixel(int width, int height) {
    BufferedImage image = ImageFiles.noise(width, height, BufferedImage.TYPE_INT_RGB);

    byte[] resized = Resampling.resize(RgbRows.of(image), Fit.STRETCH, 32, 32);

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

    byte[] resized = Resampling.resize(RgbRows.of(image), Fit.STRETCH, 32, 32);

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

    assertThat(Resampling.resize(RgbRows.of(image), Fit.STRETCH, 32, 32)).containsOnly(128);
  }

  @Test
  void oneRowOfTenThousand_isAveragedAcrossAndRepeatedDown() {
    BufferedImage image = new BufferedImage(10_000, 1, BufferedImage.TYPE_INT_RGB);
    for (int x = 5_000; x < 10_000; x++) {
      image.setRGB(x, 0, 0xff0000);
    }

    byte[] resized = Resampling.resize(RgbRows.of(image), Fit.STRETCH, 32, 32);

    for (int i = 0; i < 32 * 32; i++) {
      assertThat(resized[i]).isEqualTo((byte) (i % 32 < 16 ? 0 : 255));
      assertThat(resized[1024 + i]).isZero();
    }
  }

  /**
   * Any fit by its definition: one scale for both axes, the picture in the middle, the mean over a
   * target pixel's area where it shrinks, linear interpolation at its centre where it grows.
   */
  @ParameterizedTest
  @CsvSource({
    "CROP, 500, 375, 32, 32",
    "CROP, 375, 500, 32, 32",
    "CROP, 33, 32, 32, 32",
    "CROP, 101, 47, 24, 40",
    "CROP, 64, 500, 40, 24",
    "CROP, 7, 5, 32, 32",
    "CROP, 20, 90, 24, 40",
    "CROP, 1, 1000, 5, 3",
    "PAD, 500, 375, 32, 32",
    "PAD, 375, 500, 32, 32",
    "PAD, 33, 32, 32, 32",
    "PAD, 101, 47, 24, 40",
    "PAD, 64, 500, 40, 24",
    "PAD, 7, 5, 32, 32",
    "PAD, 5, 8, 33, 32",
    "PAD, 1, 1000, 5, 3",
    "PAD, 3, 1, 30, 31"
  })
  void fitsThatKeepTheAspectRatio_showWhatTheirDefinitionSays(
      Fit fit, int width, int height, int targetWidth, int targetHeight) {
    BufferedImage image = ImageFiles.noise(width, height, BufferedImage.TYPE_INT_RGB);

    byte[] resized = Resampling.resize(RgbRows.of(image), fit, targetHeight, targetWidth);

    double across = (double) width / targetWidth;
    double down = (double) height / targetHeight;
    double scale = fit == Fit.CROP ? Math.min(across, down) : Math.max(across, down);
    double left = (width - scale * targetWidth) / 2;
    double top = (height - scale * targetHeight) / 2;
    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < targetHeight; y++) {
        for (int x = 0; x < targetWidth; x++) {
          double pixelLeft = left + x * scale;
          double pixelTop = top + y * scale;
          double expected =
              scale >= 1
                  ? mean(image, channel, pixelLeft, pixelTop, scale)
                  : interpolated(image, channel, pixelLeft + scale / 2, pixelTop + scale / 2);
          assertThat((double) (resized[(channel * targetHeight + y) * targetWidth + x] & 0xff))
              .as("channel %d, row %d, column %d", channel, y, x)
              .isBetween(expected - 0.5 - 1e-6, expected + 0.5 + 1e-6);
        }
      }
    }
  }

  private static double mean(
      BufferedImage image, int channel, double left, double top, double side) {
    double sum = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      double rows = Math.min(top + side, y + 1) - Math.max(top, y);
      for (int x = 0; rows > 0 && x < image.getWidth(); x++) {
        double columns = Math.min(left + side, x + 1) - Math.max(left, x);
        sum += Math.max(0, columns) * rows * sample(image, channel, x, y);
      }
    }
    return sum / (side * side);
  }

  private static double interpolated(BufferedImage image, int channel, double x, double y) {
    double rounding = 1e-9;
    boolean inside =
        x > -rounding
            && x < image.getWidth() + rounding
            && y > -rounding
            && y < image.getHeight() + rounding;
    return inside ? bilinear(image, channel, x - 0.5, y - 0.5) : 0;
  }

  @ParameterizedTest
  @EnumSource(Fit.class)
  void pictureOfTheTargetsSize_keepsItsVeryPixels_andOneOfItsAspectRatioIsTheSameInEveryFit(
      Fit fit) {
    BufferedImage same = ImageFiles.noise(20, 30, BufferedImage.TYPE_INT_RGB);
    byte[] kept = Resampling.resize(RgbRows.of(same), fit, 30, 20);
    for (int i = 0; i < 600; i++) {
      assertThat(kept[600 + i]).isEqualTo((byte) (same.getRGB(i % 20, i / 20) >> 8));
    }

    for (int width : new int[] {10, 34, 50}) {
      BufferedImage alike = ImageFiles.noise(width, width * 3 / 2, BufferedImage.TYPE_INT_RGB);
      assertThat(Resampling.resize(RgbRows.of(alike), fit, 30, 20))
          .isEqualTo(Resampling.resize(RgbRows.of(alike), Fit.STRETCH, 30, 20));
    }
  }

  @Test
  void largestPictures_areAveragedWithoutOverflow() {
    BufferedImage image = new BufferedImage(50_021, 3, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 3 * 50_021; i++) {
      image.setRGB(i % 50_021, i / 50_021, 0xc8c8c8);
    }

    assertThat(Resampling.resize(RgbRows.of(image), Fit.CROP, 1021, 1021)).containsOnly(200);
    assertThat(Resampling.resize(RgbRows.of(image), Fit.STRETCH, 1021, 1021)).containsOnly(200);
    byte[] padded = Resampling.resize(RgbRows.of(image), Fit.PAD, 1021, 1021);
    assertThat(padded[510 * 1021 + 500]).isEqualTo((byte) Math.round(200 * 3 / (50_021 / 1021.0)));
    assertThat(padded[509 * 1021 + 500]).isZero();
  }
}
