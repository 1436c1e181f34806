package convoy.worker.image.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import convoy.worker.image.ImageShape;
import convoy.worker.image.Normalization;
import convoy.worker.image.Preprocessing;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ColourJitterTest {
  private static final int PLANE = 200;
  private static final int OFFSET = 7;

  /** Colours between {@code least} and {@code most}, behind a few values that belong to others. */
  private static float[] colours(float least, float most) {
    Random random = new Random(1);
    float[] values = new float[OFFSET + 3 * PLANE + 5];
    for (int i = 0; i < values.length; i++) {
      values[i] = least + (most - least) * random.nextFloat();
    }
    return values;
  }

  private static float[] changed(float[] values, ColourFactors factors) {
    float[] changed = values.clone();
    factors.apply(changed, OFFSET, PLANE);
    for (int i = 0; i < values.length; i++) {
      if (i < OFFSET || i >= OFFSET + 3 * PLANE) {
        assertThat(changed[i]).isEqualTo(values[i]);
      }
    }
    return changed;
  }

  private static double grey(float[] values, int pixel) {
    int i = OFFSET + pixel;
    return 0.299 * values[i] + 0.587 * values[i + PLANE] + 0.114 * values[i + 2 * PLANE];
  }

  private static double meanGrey(float[] values) {
    double sum = 0;
    for (int pixel = 0; pixel < PLANE; pixel++) {
      sum += grey(values, pixel);
    }
    return sum / PLANE;
  }

  @Test
  void factorsOfOne_changeNothing() {
    float[] values = colours(0, 255);
    assertThat(changed(values, ColourFactors.NONE)).isEqualTo(values);
  }

  @Test
  void brightness_multipliesAndClips() {
    float[] values = colours(0, 255);
    float[] changed = changed(values, new ColourFactors(1.5f, 1, 1));
    for (int i = OFFSET; i < OFFSET + 3 * PLANE; i++) {
      assertThat(changed[i]).isEqualTo(Math.min(255, 1.5f * values[i]));
    }
  }

  @Test
  void contrast_keepsTheMeanGrey_andStretchesTheDistanceFromIt() {
    float[] values = colours(90, 160);
    float[] changed = changed(values, new ColourFactors(1, 1.8f, 1));

    double mean = meanGrey(values);
    assertThat(meanGrey(changed)).isCloseTo(mean, within(1e-3));
    for (int i = OFFSET; i < OFFSET + 3 * PLANE; i++) {
      assertThat(changed[i] - mean).isCloseTo(1.8 * (values[i] - mean), within(1e-3));
    }
  }

  @Test
  void saturation_keepsEachPixelsGrey_andStretchesTheDistanceFromIt() {
    float[] values = colours(90, 160);
    float[] changed = changed(values, new ColourFactors(1, 1, 1.6f));
    float[] grey = changed(values, new ColourFactors(1, 1, 0));

    for (int pixel = 0; pixel < PLANE; pixel++) {
      double expected = grey(values, pixel);
      assertThat(grey(changed, pixel)).isCloseTo(expected, within(1e-3));
      for (int c = 0; c < 3; c++) {
        int i = OFFSET + c * PLANE + pixel;
        assertThat(changed[i] - expected).isCloseTo(1.6 * (values[i] - expected), within(1e-3));
        assertThat((double) grey[i]).isCloseTo(expected, within(1e-3));
      }
    }
  }

  @Test
  void allThree_areTakenInTheirOrder() {
    float[] values = colours(0, 255);
    float[] expected = changed(values, new ColourFactors(1.4f, 1, 1));
    expected = changed(expected, new ColourFactors(1, 0.7f, 1));
    expected = changed(expected, new ColourFactors(1, 1, 1.3f));

    assertThat(changed(values, new ColourFactors(1.4f, 0.7f, 1.3f))).isEqualTo(expected);
  }

  @Test
  void factors_areEvenlySpreadAroundOne_asWideAsTheirStrength() {
    Random stream = new Random(1);
    int count = 5_000;
    double[] sums = new double[3];
    double[] squares = new double[3];
    double[] strengths = {0.4, 1, 0.1};
    for (int i = 0; i < count; i++) {
      ColourFactors factors = new ColourJitter(0.4, 1, 0.1).draw(stream);
      double[] distances = {
        factors.brightness() - 1, factors.contrast() - 1, factors.saturation() - 1
      };
      for (int k = 0; k < 3; k++) {
        assertThat(Math.abs(distances[k])).isLessThanOrEqualTo(strengths[k] + 1e-6);
        sums[k] += distances[k];
        squares[k] += distances[k] * distances[k];
      }
    }
    for (int k = 0; k < 3; k++) {
      // An even spread over a width of 2s has the variance s^2 / 3.
      double variance = strengths[k] * strengths[k] / 3;
      assertThat(sums[k] / count).isCloseTo(0, within(5 * Math.sqrt(variance / count)));
      assertThat(squares[k] / count).isCloseTo(variance, within(0.07 * variance));
    }
  }

  @Test
  void strengthOfZero_isTheIdentity_andTakesNothingFromTheStream() {
    Random stream = new Random(3);
    assertThat(ColourJitter.NONE.draw(stream)).isEqualTo(ColourFactors.NONE);
    assertThat(stream.nextInt()).isEqualTo(new Random(3).nextInt());
    assertThat(new ColourJitter(0, 0.5, 0).draw(stream).brightness()).isEqualTo(1);
    assertThat(new ColourJitter(0, 0.5, 0).draw(stream).saturation()).isEqualTo(1);
  }

  @Test
  void imagesWithoutColours_areRefused() {
    Preprocessing grey =
        Preprocessing.stretching(
            new ImageShape(1, 8, 8), new Normalization(new float[1], new float[] {1}));
    Augmentation jitter =
        new Augmentation(
            Augmentation.Flip.NONE, 0, ResizedCrop.NONE, new ColourJitter(0.1, 0, 0), 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AugmentationDraws(jitter, grey, 1, 1, new Random(1)))
        .withMessage(
            "Cannot change the colours of images of 1x8x8: three channels, red, green and blue, have some");
  }
}
