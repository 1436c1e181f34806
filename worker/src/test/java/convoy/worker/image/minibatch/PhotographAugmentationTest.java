package convoy.worker.image.minibatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.worker.image.Fit;
import convoy.worker.image.ImageShape;
import convoy.worker.image.Preprocessing;
import convoy.worker.image.augmentation.Augmentation;
import convoy.worker.image.augmentation.AugmentationDraws;
import convoy.worker.image.augmentation.ColourFactors;
import convoy.worker.image.augmentation.ColourJitter;
import convoy.worker.image.augmentation.Crop;
import convoy.worker.image.augmentation.ResizedCrop;
import convoy.worker.image.shard.PackedImages;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a network sees of stored photographs, against the definitions written out in double. */
class PhotographAugmentationTest {
  private static final int COUNT = 25;
  private static final ImageShape STORED = new ImageShape(3, 40, 36);
  private static final ImageShape INPUT = new ImageShape(3, 32, 28);
  private static final Preprocessing PREPROCESSING =
      new Preprocessing(STORED, 4, Fit.CROP, RandomImages.normalization());
  private static final PackedImages IMAGES = images();

  private static PackedImages images() {
    byte[] pixels = new byte[COUNT * STORED.pixels()];
    new Random(5).nextBytes(pixels);
    return new PackedImages(STORED, pixels, new char[COUNT]);
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 1.5, 0, 0, 0, 0",
    "0.5, 1, 0, 0, 0, 0",
    "1, 1.5, 0.4, 0.4, 0.4, 0",
    "0.08, 1.3333, 0.4, 1, 0.7, 0.5",
    "0.3, 1.3333, 0, 0.3, 0, 0.25"
  })
  void input_isTheResizedCrop_withChangedColours_normalized_withTheSquareAtTheMean(
      double area,
      double ratio,
      double brightness,
      double contrast,
      double saturation,
      double cutout) {
    Augmentation augmentation =
        new Augmentation(
            Augmentation.Flip.RANDOM,
            2,
            new ResizedCrop(area, ratio),
            new ColourJitter(brightness, contrast, saturation),
            cutout);
    int[] order = IntStream.range(0, COUNT).toArray();
    float[] seen =
        new MinibatchAssembler(IMAGES, PREPROCESSING, COUNT)
            .assemble(order, 0, COUNT, draws(augmentation))
            .images();

    AugmentationDraws draws = draws(augmentation);
    byte[] pixels = new byte[STORED.pixels()];
    for (int i = 0; i < COUNT; i++) {
      IMAGES.read(i, pixels);
      AugmentationDraws.Draw draw = draws.next(pixels);
      double[][][] expected = cropped(pixels, draw.crop(), draw.mirrored());
      change(expected, draw.colours());
      for (int c = 0; c < 3; c++) {
        double mean = PREPROCESSING.normalization().mean()[c];
        double deviation = PREPROCESSING.normalization().standardDeviation()[c];
        for (int y = 0; y < INPUT.height(); y++) {
          for (int x = 0; x < INPUT.width(); x++) {
            boolean blank =
                y >= draw.cutout().top()
                    && y < draw.cutout().bottom()
                    && x >= draw.cutout().left()
                    && x < draw.cutout().right();
            assertThat((double) seen[((i * 3 + c) * INPUT.height() + y) * INPUT.width() + x])
                .isCloseTo(blank ? 0 : (expected[c][y][x] / 255 - mean) / deviation, within(1e-4));
          }
        }
      }
    }
  }

  private static AugmentationDraws draws(Augmentation augmentation) {
    return new AugmentationDraws(augmentation, PREPROCESSING, 1, 1, new Random(8));
  }

  private static double[][][] cropped(byte[] pixels, Crop crop, boolean mirrored) {
    double[][][] values = new double[3][INPUT.height()][INPUT.width()];
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < INPUT.height(); y++) {
        for (int x = 0; x < INPUT.width(); x++) {
          int column = mirrored ? INPUT.width() - 1 - x : x;
          values[c][y][x] =
              bilinear(
                  pixels,
                  c,
                  crop,
                  (y + 0.5) * crop.height() / INPUT.height() - 0.5,
                  (column + 0.5) * crop.width() / INPUT.width() - 0.5);
        }
      }
    }
    return values;
  }

  /** Between the four pixels of the crop around a place; a crop of the input's size hits them. */
  private static double bilinear(byte[] pixels, int channel, Crop crop, double y, double x) {
    int top = (int) Math.floor(y);
    int left = (int) Math.floor(x);
    double sum = 0;
    for (int row = top; row <= top + 1; row++) {
      for (int column = left; column <= left + 1; column++) {
        double weight = (1 - Math.abs(y - row)) * (1 - Math.abs(x - column));
        sum += weight == 0 ? 0 : weight * held(pixels, channel, crop, row, column);
      }
    }
    return sum;
  }

  private static int held(byte[] pixels, int channel, Crop crop, int row, int column) {
    int y = crop.top() + Math.max(0, Math.min(crop.height() - 1, row));
    int x = crop.left() + Math.max(0, Math.min(crop.width() - 1, column));
    boolean inside = y >= 0 && y < STORED.height() && x >= 0 && x < STORED.width();
    return inside ? pixels[(channel * STORED.height() + y) * STORED.width() + x] & 0xff : 0;
  }

  private static void change(double[][][] image, ColourFactors factors) {
    blend(image, factors.brightness(), 0);
    double sum = 0;
    for (int y = 0; y < INPUT.height(); y++) {
      for (int x = 0; x < INPUT.width(); x++) {
        sum += grey(image, y, x);
      }
    }
    blend(image, factors.contrast(), sum / (INPUT.height() * INPUT.width()));
    for (int y = 0; y < INPUT.height(); y++) {
      for (int x = 0; x < INPUT.width(); x++) {
        double grey = grey(image, y, x);
        for (int c = 0; c < 3; c++) {
          image[c][y][x] = blended(image[c][y][x], factors.saturation(), grey);
        }
      }
    }
  }

  private static void blend(double[][][] image, double factor, double other) {
    for (double[][] plane : image) {
      for (double[] row : plane) {
        for (int x = 0; x < row.length; x++) {
          row[x] = blended(row[x], factor, other);
        }
      }
    }
  }

  private static double blended(double value, double factor, double other) {
    return Math.max(0, Math.min(255, factor * value + (1 - factor) * other));
  }

  private static double grey(double[][][] image, int y, int x) {
    return 0.299 * image[0][y][x] + 0.587 * image[1][y][x] + 0.114 * image[2][y][x];
  }

  @Test
  void cutout_isTheShareOfTheShorterSideInWholePixels() {
    Augmentation half =
        new Augmentation(Augmentation.Flip.NONE, 0, ResizedCrop.NONE, ColourJitter.NONE, 0.5);
    AugmentationDraws draws = draws(half);
    int largest = 0;
    for (int i = 0; i < 200; i++) {
      var cutout = draws.next(new byte[STORED.pixels()]).cutout();
      largest = Math.max(largest, cutout.bottom() - cutout.top());
      assertThat(cutout.right() - cutout.left()).isLessThanOrEqualTo(14);
    }
    assertThat(largest).isEqualTo(14);
  }
}
