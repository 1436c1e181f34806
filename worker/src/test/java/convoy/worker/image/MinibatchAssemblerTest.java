package convoy.worker.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinibatchAssemblerTest {
  private static final int COUNT = 40;
  private final ImageShard shard = RandomImages.shard(1, COUNT);
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
  @CsvSource({"false, 0", "true, 0", "false, 4", "true, 4", "true, 40"})
  void image_isTheMirroredCropOfTheOriginal(boolean flip, int padding) {
    Augmentation augmentation = new Augmentation(flip, padding);
    int[] order = Seed.permutation(COUNT, new Random(2));
    Minibatch minibatch =
        new MinibatchAssembler(shard, normalization, COUNT)
            .assemble(order, 0, COUNT, augmentation, new Random(3));
    Random sameDraws = new Random(3);

    for (int i = 0; i < COUNT; i++) {
      Augmentation.Draw draw = augmentation.draw(sameDraws);
      assertThat(minibatch.labels()[i]).isEqualTo(shard.label(order[i]));
      for (int c = 0; c < 3; c++) {
        for (int y = 0; y < 32; y++) {
          for (int x = 0; x < 32; x++) {
            int column = (draw.mirrored() ? 31 - x : x) + draw.right();
            assertThat((double) minibatch.images()[((i * 3 + c) * 32 + y) * 32 + x])
                .isCloseTo(expected(order[i], c, y + draw.down(), column), within(1e-5));
          }
        }
      }
    }
  }

  @Test
  void draws_coverAllOffsetsAndBothSides() {
    Augmentation augmentation = new Augmentation(true, 4);
    Random random = new Random(1);
    int[] downs = new int[9];
    int mirrored = 0;
    for (int i = 0; i < 9000; i++) {
      Augmentation.Draw draw = augmentation.draw(random);
      downs[draw.down() + 4]++;
      assertThat(draw.right()).isBetween(-4, 4);
      mirrored += draw.mirrored() ? 1 : 0;
    }
    for (int count : downs) {
      assertThat(count).isBetween(850, 1150);
    }
    assertThat(mirrored).isBetween(4250, 4750);
  }

  @Test
  void plainAssembly_isTheImagesInOrder() {
    Minibatch minibatch = new MinibatchAssembler(shard, normalization, COUNT).assemble(5, 9);

    assertThat(minibatch.count()).isEqualTo(4);
    assertThat((double) minibatch.images()[3 * 3072 + 1024 + 33])
        .isCloseTo(expected(8, 1, 1, 1), within(1e-5));
  }

  @Test
  void normalizationOfOtherChannels_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new MinibatchAssembler(
                    shard, new Normalization(new float[] {0}, new float[] {1}), 4))
        .withMessage("Cannot normalize images of 3x32x32 with statistics of 1 channels");
  }

  @Test
  void statistics_areThoseOfAllPixels_howeverTheImagesAreSplit() {
    ImageShard other = RandomImages.shard(2, 17);
    Normalization merged =
        PixelStatistics.empty(3)
            .plus(PixelStatistics.of(other))
            .plus(PixelStatistics.of(shard))
            .normalization();

    for (int c = 0; c < 3; c++) {
      double sum = 0;
      double square = 0;
      int pixels = 0;
      for (ImageShard part : new ImageShard[] {shard, other}) {
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
