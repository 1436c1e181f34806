package convoy.worker.image.minibatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import convoy.worker.image.Fit;
import convoy.worker.image.ImageShape;
import convoy.worker.image.Normalization;
import convoy.worker.image.Preprocessing;
import convoy.worker.image.augmentation.Augmentation;
import convoy.worker.image.augmentation.AugmentationDraws;
import convoy.worker.image.augmentation.ColourJitter;
import convoy.worker.image.augmentation.ResizedCrop;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.image.shard.PackedImages;
import convoy.worker.image.shard.PixelStatistics;
import convoy.worker.image.shard.ShardFile;
import convoy.worker.random.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinibatchAssemblerTest {
  private static final int COUNT = 40;
  private final PackedImages shard = RandomImages.shard(1, COUNT);
  private final Normalization normalization = RandomImages.normalization();

  /** The value at (channel, y, x) of an image as the definition has it, outside of it black. */
  private double expected(int image, int channel, int y, int x) {
    int value = 0;
    if (y >= 0 && y < 32 && x >= 0 && x < 32) {
      value = shard.pixels()[((image * 3 + channel) * 32 + y) * 32 + x] & 0xff;
    }
    return (value / 255.0 - normalization.mean()[channel])
        / normalization.standardDeviation()[channel];
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, 0, 0",
    "RANDOM, 0, 0",
    "NONE, 4, 0",
    "RANDOM, 4, 0",
    "RANDOM, 40, 0",
    "NONE, 0, 16",
    "RANDOM, 4, 1",
    "RANDOM, 4, 5",
    "RANDOM, 4, 16",
    "RANDOM, 0, 64"
  })
  void image_isTheMirroredCropOfTheOriginal_withTheSquareAtTheMean(
      Augmentation.Flip flip, int padding, int cutout) {
    int[] order = Seed.permutation(COUNT, new Random(2));
    Minibatch minibatch =
        new MinibatchAssembler(shard, RandomImages.preprocessing(), COUNT)
            .assemble(
                order,
                0,
                COUNT,
                new AugmentationDraws(
                    new Augmentation(
                        flip, padding, ResizedCrop.NONE, ColourJitter.NONE, cutout / 32.0),
                    RandomImages.preprocessing(),
                    9,
                    1,
                    new Random(3)));
    // The stream of draws as it is documented: the flip, two offsets, the centre of the square.
    Random stream = new Random(3);

    for (int i = 0; i < COUNT; i++) {
      boolean mirrored = flip == Augmentation.Flip.RANDOM && stream.nextBoolean();
      int down = padding == 0 ? 0 : stream.nextInt(2 * padding + 1) - padding;
      int right = padding == 0 ? 0 : stream.nextInt(2 * padding + 1) - padding;
      int row = cutout == 0 ? 0 : stream.nextInt(32);
      int column = cutout == 0 ? 0 : stream.nextInt(32);
      assertThat(minibatch.labels()[i]).isEqualTo(shard.label(order[i]));
      for (int c = 0; c < 3; c++) {
        for (int y = 0; y < 32; y++) {
          for (int x = 0; x < 32; x++) {
            double wanted =
                isInSquare(y - row, cutout) && isInSquare(x - column, cutout)
                    ? 0
                    : expected(order[i], c, y + down, (mirrored ? 31 - x : x) + right);
            assertThat((double) minibatch.images()[((i * 3 + c) * 32 + y) * 32 + x])
                .isCloseTo(wanted, within(1e-5));
          }
        }
      }
    }
  }

  /** Whether a pixel that far from the centre lies within a square of {@code side} around it. */
  private static boolean isInSquare(int distance, int side) {
    return 2 * distance >= -side + side % 2 && 2 * distance < side + side % 2;
  }

  @Test
  void mirroredMinibatch_hasEachRowBackwards_andMirroredAgainIsTheOriginal() {
    Minibatch minibatch =
        new MinibatchAssembler(shard, RandomImages.preprocessing(), 9).assemble(5, 9);

    Minibatch mirrored = minibatch.mirrored();
    Minibatch twice = mirrored.mirrored();

    assertThat(mirrored.count()).isEqualTo(4);
    for (int i = 0; i < 4; i++) {
      assertThat(mirrored.labels()[i]).isEqualTo(shard.label(5 + i));
      for (int c = 0; c < 3; c++) {
        for (int y = 0; y < 32; y++) {
          for (int x = 0; x < 32; x++) {
            assertThat((double) mirrored.images()[((i * 3 + c) * 32 + y) * 32 + x])
                .isCloseTo(expected(5 + i, c, y, 31 - x), within(1e-5));
          }
        }
      }
    }
    assertThat(twice.images()).isEqualTo(Arrays.copyOf(minibatch.images(), 4 * 3072));
    assertThat(twice.labels()).isEqualTo(Arrays.copyOf(minibatch.labels(), 4));
    assertThat(twice.count()).isEqualTo(4);
  }

  @Test
  void plainAssembly_isTheImagesInOrder() {
    Minibatch minibatch =
        new MinibatchAssembler(shard, RandomImages.preprocessing(), COUNT).assemble(5, 9);

    assertThat(minibatch.count()).isEqualTo(4);
    assertThat((double) minibatch.images()[3 * 3072 + 1024 + 33])
        .isCloseTo(expected(8, 1, 1, 1), within(1e-5));
  }

  private static final ImageShape STORED = new ImageShape(3, 40, 36);

  /** A shard of images larger than the network's input of 32 x 28. */
  private static PackedImages photographs(int count) {
    byte[] pixels = new byte[count * STORED.pixels()];
    new Random(5).nextBytes(pixels);
    return new PackedImages(STORED, pixels, new char[count]);
  }

  @Test
  void margin_isCutOffAllAround_outsideOfTraining() {
    PackedImages stored = photographs(3);
    Preprocessing preprocessing = new Preprocessing(STORED, 4, Fit.CROP, normalization);

    Minibatch minibatch = new MinibatchAssembler(stored, preprocessing, 3).assemble(0, 3);

    assertThat(minibatch.shape()).isEqualTo(new ImageShape(3, 32, 28));
    float[][] table = normalization.table();
    for (int plane = 0; plane < 9; plane++) {
      for (int y = 0; y < 32; y++) {
        for (int x = 0; x < 28; x++) {
          int value = stored.pixels()[(plane * 40 + y + 4) * 36 + x + 4] & 0xff;
          assertThat(minibatch.images()[(plane * 32 + y) * 28 + x])
              .isEqualTo(table[plane % 3][value]);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"NONE, 0", "RANDOM, 0", "RANDOM, 3"})
  void trainingCrop_liesAnywhereInTheStoredImageAndItsPadding(Augmentation.Flip flip, int padding) {
    PackedImages stored = photographs(20);
    Preprocessing preprocessing = new Preprocessing(STORED, 4, Fit.CROP, normalization);
    int[] order = Seed.permutation(20, new Random(4));

    Minibatch minibatch =
        new MinibatchAssembler(stored, preprocessing, 20)
            .assemble(
                order,
                0,
                20,
                new AugmentationDraws(
                    new Augmentation(flip, padding, ResizedCrop.NONE, ColourJitter.NONE, 0),
                    preprocessing,
                    9,
                    1,
                    new Random(3)));

    float[][] table = normalization.table();
    Random stream = new Random(3);
    for (int i = 0; i < 20; i++) {
      boolean mirrored = flip == Augmentation.Flip.RANDOM && stream.nextBoolean();
      int top = stream.nextInt(2 * (4 + padding) + 1) - padding;
      int left = stream.nextInt(2 * (4 + padding) + 1) - padding;
      for (int c = 0; c < 3; c++) {
        for (int y = 0; y < 32; y++) {
          for (int x = 0; x < 28; x++) {
            int row = top + y;
            int column = left + (mirrored ? 27 - x : x);
            boolean inside = row >= 0 && row < 40 && column >= 0 && column < 36;
            int value =
                inside ? stored.pixels()[((order[i] * 3 + c) * 40 + row) * 36 + column] & 0xff : 0;
            assertThat(minibatch.images()[((i * 3 + c) * 32 + y) * 28 + x])
                .isEqualTo(table[c][value]);
          }
        }
      }
    }
  }

  @Test
  void shardFile_givesTheBitsOfMemory(@TempDir Path directory) throws IOException {
    int[] order = Seed.permutation(COUNT, new Random(2));
    Augmentation augmentation =
        new Augmentation(
            Augmentation.Flip.ALTERNATING, 4, ResizedCrop.NONE, ColourJitter.NONE, 0.25);
    float[] fromMemory = assembled(shard, order, augmentation);
    try (ShardFile file = ShardFile.create(directory, shard.shape(), COUNT)) {
      for (int i = 0; i < COUNT; i++) {
        file.put(i, shard.label(i), shard.pixels(), i * 3072);
      }
      assertThat(assembled(file, order, augmentation)).isEqualTo(fromMemory);
    }
  }

  private static float[] assembled(ImageShard shard, int[] order, Augmentation augmentation) {
    AugmentationDraws draws =
        new AugmentationDraws(augmentation, RandomImages.preprocessing(), 9, 1, new Random(3));
    return new MinibatchAssembler(shard, RandomImages.preprocessing(), COUNT)
        .assemble(order, 0, COUNT, draws)
        .images();
  }

  @Test
  void shardOfAnotherShape_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MinibatchAssembler(photographs(1), RandomImages.preprocessing(), 4))
        .withMessage(
            "Cannot assemble images of 3x40x36: the preprocessing is that of images of 3x32x32");
  }

  @Test
  void statistics_areThoseOfAllPixels_howeverTheImagesAreSplit() {
    PackedImages other = RandomImages.shard(2, 17);
    Normalization merged =
        PixelStatistics.empty(3)
            .plus(PixelStatistics.of(other))
            .plus(PixelStatistics.of(shard))
            .normalization();

    for (int c = 0; c < 3; c++) {
      double sum = 0;
      double square = 0;
      int pixels = 0;
      for (PackedImages part : new PackedImages[] {shard, other}) {
        for (int i = 0; i < part.count(); i++) {
          for (int p = 0; p < 1024; p++) {
            double value = (part.pixels()[(i * 3 + c) * 1024 + p] & 0xff) / 255.0;
            sum += value;
            square += value * value;
            pixels++;
          }
        }
      }
      double mean = sum / pixels;
      assertThat((double) merged.mean()[c]).isCloseTo(mean, within(1e-6));
      assertThat((double) merged.standardDeviation()[c])
          .isCloseTo(Math.sqrt(square / pixels - mean * mean), within(1e-6));
    }
  }

  @Test
  void permutation_holdsEveryNumberOnce() {
    assertThat(Seed.permutation(1000, new Random(1))).doesNotHaveDuplicates().hasSize(1000);
    assertThat(Seed.permutation(0, new Random(1))).isEmpty();
  }

  @Test
  void seeds_differByPurposeAndCoordinates_andAreTheSameOnEveryMachine() {
    assertThat(Seed.derive(1, Seed.Purpose.ORDER, 2, 3))
        .isNotEqualTo(Seed.derive(1, Seed.Purpose.ORDER, 3, 2))
        .isNotEqualTo(Seed.derive(1, Seed.Purpose.DROPOUT, 2, 3))
        .isNotEqualTo(Seed.derive(2, Seed.Purpose.ORDER, 2, 3))
        .isEqualTo(Seed.derive(1, Seed.Purpose.ORDER, 2, 3));
  }
}
