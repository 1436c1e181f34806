package convoy.worker.image.disturbance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.worker.image.ImageShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DisturbanceTest {
  private static final ImageShape SMALL = new ImageShape(3, 32, 32);
  private static final ImageShape WIDE = new ImageShape(3, 40, 60);

  private static byte[] image(ImageShape shape, IntUnaryOperator value) {
    byte[] pixels = new byte[shape.pixels()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) value.applyAsInt(i);
    }
    return pixels;
  }

  private static byte[] random(ImageShape shape) {
    Random random = new Random(9);
    return image(shape, i -> random.nextInt(256));
  }

  private static byte[] even(ImageShape shape, int value) {
    return image(shape, i -> value);
  }

  /** Light that rises evenly to the right and downwards. */
  private static byte[] slopes(ImageShape shape) {
    return image(shape, i -> 40 + 2 * (i % shape.width()) + i / shape.width() % shape.height());
  }

  /**
   * Two random walks, added: what lies further apart differs more, as in photographs and unlike in
   * patterns that repeat.
   */
  private static byte[] walks(long seed) {
    Random random = new Random(seed);
    double[] rows = walk(random);
    double[] columns = walk(random);
    return image(
        SMALL,
        i ->
            (int) Math.max(0, Math.min(255, 128 + rows[i / 32] + columns[i % 32 + i / 1024 * 32])));
  }

  private static double[] walk(Random random) {
    double[] walk = new double[3 * 32];
    for (int i = 1; i < walk.length; i++) {
      walk[i] = i % 32 == 0 ? 0 : walk[i - 1] + 8 * random.nextGaussian();
    }
    return walk;
  }

  private static int at(byte[] pixels, ImageShape shape, int channel, int y, int x) {
    return pixels[(channel * shape.height() + y) * shape.width() + x] & 0xff;
  }

  private static double mean(byte[] pixels) {
    double sum = 0;
    for (byte value : pixels) {
      sum += value & 0xff;
    }
    return sum / pixels.length;
  }

  private static double meanSquare(byte[] one, byte[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      double difference = (one[i] & 0xff) - (other[i] & 0xff);
      sum += difference * difference;
    }
    return sum / one.length;
  }

  @ParameterizedTest
  @EnumSource
  void strength_moreOfIt_changesPicturesMore(Disturbance kind) {
    double before = 0;
    for (int strength = 1; strength <= Disturbance.STRENGTHS; strength++) {
      double sum = 0;
      for (int i = 0; i < 40; i++) {
        byte[] pixels = walks(i);
        sum += meanSquare(pixels, kind.applyTo(pixels, SMALL, strength, 1, i));
      }
      assertThat(sum).as("strength %d", strength).isGreaterThan(before);
      before = sum;
    }
  }

  @ParameterizedTest
  @EnumSource
  void image_isAFunctionOfSeedAndNumber_andItsSourceStays(Disturbance kind) {
    byte[] pixels = random(WIDE);
    byte[] kept = pixels.clone();
    List<byte[]> numbered = new ArrayList<>();
    for (int number = 0; number < 8; number++) {
      byte[] disturbed = kind.applyTo(pixels, WIDE, 5, 3, number);
      assertThat(disturbed).isEqualTo(kind.applyTo(pixels, WIDE, 5, 3, number)).hasSize(7200);
      numbered.add(disturbed);
    }

    assertThat(pixels).isEqualTo(kept);
    boolean draws = kind != Disturbance.BLUR && kind != Disturbance.JPEG;
    assertThat(numbered.stream().map(Arrays::hashCode).distinct().count() > 1).isEqualTo(draws);
    assertThat(numbered.stream().map(Arrays::hashCode).distinct().count() > 2)
        .as("a kind that draws more than a sign")
        .isEqualTo(draws && kind != Disturbance.ROTATION && kind != Disturbance.LIGHT);
  }

  @Test
  void rotation_byNothing_isTheImage() {
    byte[] pixels = random(WIDE);

    assertThat(Rotation.rotated(pixels, WIDE, 0)).isEqualTo(pixels);
    assertThat(Rotation.rotated(pixels, WIDE, 360)).isEqualTo(pixels);
  }

  @Test
  void rotation_byAQuarter_transposesAndFlips() {
    byte[] pixels = random(SMALL);
    byte[] quarter = Rotation.rotated(pixels, SMALL, 90);

    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < 32; y++) {
        for (int x = 0; x < 32; x++) {
          // As rot90 of NumPy: counter-clockwise.
          assertThat(at(quarter, SMALL, channel, y, x))
              .isEqualTo(at(pixels, SMALL, channel, x, 31 - y));
        }
      }
    }
    assertThat(Rotation.rotated(quarter, SMALL, -90)).isEqualTo(pixels);
  }

  @Test
  void rotation_ofAWideImage_byHalf_reversesItsPixels() {
    byte[] pixels = random(WIDE);
    byte[] half = Rotation.rotated(pixels, WIDE, 180);

    for (int channel = 0; channel < 3; channel++) {
      for (int i = 0; i < 2400; i++) {
        assertThat(half[channel * 2400 + i]).isEqualTo(pixels[channel * 2400 + 2399 - i]);
      }
    }
  }

  @Test
  void rotation_uncoversTheBordersPixels_andNoOtherColour() {
    byte[] even = even(WIDE, 77);

    assertThat(Rotation.rotated(even, WIDE, 30)).isEqualTo(even);
  }

  /** Checked against Python's {@code colorsys}: to HSV, value plus 0.2 or minus 0.2, and back. */
  @ParameterizedTest
  @CsvSource({
    "0.2, 100, 50, 25, 151, 76, 38",
    "-0.2, 100, 50, 25, 49, 24, 12",
    "0.2, 250, 125, 10, 255, 128, 10",
    "-0.2, 40, 30, 20, 0, 0, 0",
    "0.2, 0, 0, 0, 51, 51, 51",
    "0.2, 90, 90, 90, 141, 141, 141"
  })
  void light_keepsHueAndSaturation(
      double amount, int red, int green, int blue, int newRed, int newGreen, int newBlue) {
    byte[] before = {(byte) red, (byte) green, (byte) blue};
    byte[] after = {(byte) newRed, (byte) newGreen, (byte) newBlue};

    assertThat(Light.lit(before, new ImageShape(3, 1, 1), amount)).isEqualTo(after);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void noise_hasTheStandardDeviationOfItsStrength(int strength) {
    ImageShape large = new ImageShape(3, 200, 200);
    byte[] grey = even(large, 128);
    byte[] noisy = Disturbance.NOISE.applyTo(grey, large, strength, 1, 0);
    double wanted = Disturbance.NOISE.parameter(strength) * 255;

    assertThat(mean(noisy)).isCloseTo(128, within(0.3));
    assertThat(Math.sqrt(meanSquare(noisy, grey))).isCloseTo(wanted, within(0.01 * wanted));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void blur_keepsAnEvenImageAndTheMean(int strength) {
    byte[] even = even(WIDE, 201);
    byte[] pixels = random(WIDE);

    assertThat(Disturbance.BLUR.applyTo(even, WIDE, strength, 1, 0)).isEqualTo(even);
    assertThat(mean(Disturbance.BLUR.applyTo(pixels, WIDE, strength, 1, 0)))
        .isCloseTo(mean(pixels), within(0.05));
  }

  /** The Gaussian's own moments, of a point far from the borders. */
  @Test
  void blur_ofAPoint_hasTheStandardDeviation() {
    ImageShape shape = new ImageShape(3, 81, 81);
    byte[] point = new byte[shape.pixels()];
    point[40 * 81 + 40] = (byte) 255;
    double deviation = 2;
    byte[] blurred = new GaussianBlur().apply(point, shape, deviation / 81, new Random(0));

    for (int x = 36; x <= 44; x++) {
      double gaussian =
          255
              * Math.exp(-0.5 * (x - 40) * (x - 40) / deviation / deviation)
              / (2 * Math.PI * deviation * deviation);
      assertThat((double) at(blurred, shape, 0, 40, x)).isCloseTo(gaussian, within(0.6));
      assertThat(at(blurred, shape, 0, x, 40)).isEqualTo(at(blurred, shape, 0, 40, x));
    }
  }

  @Test
  void blur_widerThanTheImage_isItsMean() {
    ImageShape tiny = new ImageShape(3, 8, 8);
    byte[] pixels = slopes(tiny);
    byte[] blurred = new GaussianBlur().apply(pixels, tiny, 4, new Random(0));

    for (int channel = 0; channel < 3; channel++) {
      byte[] plane = Arrays.copyOfRange(pixels, channel * 64, channel * 64 + 64);
      for (int i = 0; i < 64; i++) {
        assertThat((double) (blurred[channel * 64 + i] & 0xff)).isCloseTo(mean(plane), within(1.0));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void occlusion_coversExactlyItsShare_byOneRectangle(int strength) {
    for (int number = 0; number < 50; number++) {
      byte[] white = even(SMALL, 255);
      byte[] covered = Disturbance.OCCLUSION.applyTo(white, SMALL, strength, 1, number);
      int[] bounds = {32, 32, -1, -1};
      int grey = 0;
      for (int i = 0; i < covered.length; i++) {
        if (covered[i] != white[i]) {
          int y = i / 32 % 32;
          int x = i % 32;
          bounds =
              new int[] {
                Math.min(bounds[0], y),
                Math.min(bounds[1], x),
                Math.max(bounds[2], y),
                Math.max(bounds[3], x)
              };
          grey++;
        }
      }
      assertThat(grey).isEqualTo((int) (3072 * Disturbance.OCCLUSION.parameter(strength)));
      assertThat(3 * (bounds[2] - bounds[0] + 1) * (bounds[3] - bounds[1] + 1)).isEqualTo(grey);
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 0", "0, -2", "-5, 4", "0, 0"})
  void shift_movesPixels_andRepeatsTheBorder(int right, int down) {
    byte[] pixels = random(WIDE);
    byte[] shifted = Shift.shifted(pixels, WIDE, right, down);

    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < 40; y++) {
        for (int x = 0; x < 60; x++) {
          assertThat(at(shifted, WIDE, channel, y, x))
              .isEqualTo(
                  at(
                      pixels,
                      WIDE,
                      channel,
                      Math.min(39, Math.max(0, y - down)),
                      Math.min(59, Math.max(0, x - right))));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 3", "4, 4", "5, 6"})
  void shift_of32Pixels_isByWholePixelsAlongBothSides(int strength, int distance) {
    byte[] pixels = random(SMALL);
    List<byte[]> possible =
        List.of(
            Shift.shifted(pixels, SMALL, distance, distance),
            Shift.shifted(pixels, SMALL, distance, -distance),
            Shift.shifted(pixels, SMALL, -distance, distance),
            Shift.shifted(pixels, SMALL, -distance, -distance));

    for (int number = 0; number < 20; number++) {
      assertThat(Disturbance.SHIFT.applyTo(pixels, SMALL, strength, 1, number)).isIn(possible);
    }
  }

  @Test
  void jpeg_isCloseAtTheBestQualityAndFarAtALowOne() {
    byte[] pixels = slopes(WIDE);
    JpegCompression jpeg = new JpegCompression();
    byte[] best = jpeg.apply(pixels, WIDE, 100, new Random(0));
    byte[] low = jpeg.apply(pixels, WIDE, 10, new Random(0));

    assertThat(meanSquare(pixels, best)).isLessThan(2);
    assertThat(meanSquare(pixels, low)).isGreaterThan(4 * meanSquare(pixels, best));
    assertThat(jpeg.apply(even(WIDE, 128), WIDE, 50, new Random(0))).isEqualTo(even(WIDE, 128));
  }
}
