package convoy.bench.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.bench.pytorch.Minibatches.Minibatch;
import convoy.worker.image.ImageShape;
import convoy.worker.image.Normalization;
import convoy.worker.training.LearningRateSchedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MinibatchesTest {
  private static final int LEVELS_PER_UNIT = 255;

  /** Makes the input of a pixel its level, divided by 255. */
  private static final Normalization NONE = new Normalization(new float[1], new float[] {1});

  @Test
  void imagesInOrder_areTheCentresOfTheStoredOnes() {
    StoredImages stored = images(new ImageShape(1, 3, 4), 2);
    List<Minibatch> minibatches = new ArrayList<>();

    new Minibatches(set(stored, 1), stored).inOrder(1, minibatches::add);

    // Rows of four: the middle row without its ends.
    assertThat(minibatches).hasSize(2);
    assertThat(minibatches.get(0).dimensions()).containsExactly(1, 1, 1, 2);
    assertThat(levels(minibatches.get(0), 0)).containsExactly(6, 7);
    assertThat(levels(minibatches.get(1), 0)).containsExactly(18, 19);
    assertThat(minibatches.get(1).labels()).containsExactly(1);
  }

  @Test
  void epoch_hasEveryImageOnce_andAnotherOrderThanTheNext() {
    StoredImages stored = images(new ImageShape(1, 1, 1), 23);
    Minibatches minibatches = new Minibatches(set(stored, 0), stored);
    Random random = new Random(1);

    List<Long> first = epoch(minibatches, random);
    List<Long> second = epoch(minibatches, random);

    assertThat(first).hasSize(23).doesNotHaveDuplicates().isNotEqualTo(second);
    assertThat(second).containsExactlyInAnyOrderElementsOf(first);
  }

  private static List<Long> epoch(Minibatches minibatches, Random random) {
    List<Long> labels = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    minibatches.shuffled(
        recipe(10, false, 0),
        random,
        minibatch -> {
          counts.add(minibatch.count());
          Arrays.stream(minibatch.labels()).forEach(labels::add);
          for (int i = 0; i < minibatch.count(); i++) {
            assertThat(levels(minibatch, i)).containsExactly((int) minibatch.labels()[i] + 1);
          }
        });
    assertThat(counts).containsExactly(10, 10, 3);
    return labels;
  }

  @Test
  void variedImages_areAllFlipsAndCropsOutOfABlackBorder() {
    StoredImages stored = images(new ImageShape(1, 2, 3), 1);
    Minibatches minibatches = new Minibatches(set(stored, 0), stored);
    Set<List<Integer>> seen = new HashSet<>();
    Random random = new Random(1);

    for (int i = 0; i < 2_000; i++) {
      minibatches.shuffled(recipe(1, true, 1), random, minibatch -> seen.add(levels(minibatch, 0)));
    }

    Set<List<Integer>> expected = new HashSet<>();
    expected.addAll(
        crops(new int[][] {{0, 0, 0, 0, 0}, {0, 1, 2, 3, 0}, {0, 4, 5, 6, 0}, {0, 0, 0, 0, 0}}));
    expected.addAll(
        crops(new int[][] {{0, 0, 0, 0, 0}, {0, 3, 2, 1, 0}, {0, 6, 5, 4, 0}, {0, 0, 0, 0, 0}}));
    assertThat(seen).isEqualTo(expected).hasSize(18);
  }

  @Test
  void marginOfTheSet_isCroppedFromInTraining() {
    StoredImages stored = images(new ImageShape(1, 3, 4), 1);
    Minibatches minibatches = new Minibatches(set(stored, 1), stored);
    Set<List<Integer>> seen = new HashSet<>();
    Random random = new Random(1);

    for (int i = 0; i < 500; i++) {
      minibatches.shuffled(
          recipe(1, false, 0), random, minibatch -> seen.add(levels(minibatch, 0)));
    }

    // All pairs of neighbours in three rows of four.
    assertThat(seen).hasSize(9).contains(List.of(1, 2), List.of(6, 7), List.of(11, 12));
  }

  @Test
  void resizedCrop_ofASlope_isAFlatterSlopeByItsSize() {
    byte[] pixels = new byte[16 * 16];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (8 * (i / 16) + 4 * (i % 16));
    }
    StoredImages stored = new StoredImages(new ImageShape(1, 16, 16), pixels, new int[1]);
    Minibatches minibatches = new Minibatches(set(stored, 0), stored);
    Recipe recipe = recipe(1, true, 0, new ResizedCrop(0.25, 4.0 / 3));
    Random random = new Random(1);
    List<Double> areas = new ArrayList<>();

    for (int i = 0; i < 500; i++) {
      minibatches.shuffled(
          recipe,
          random,
          minibatch -> {
            float[] inputs = minibatch.images();
            double height = 16 * slope(inputs, 7 * 16 + 7, 8 * 16 + 7) / 8;
            double width = 16 * Math.abs(slope(inputs, 7 * 16 + 7, 7 * 16 + 8)) / 4;
            areas.add(height * width);
            // Whole pixels: rounding moves ratio and area by up to one in eight.
            assertThat(height).isCloseTo(Math.rint(height), within(1e-3)).isBetween(6.0, 16.001);
            assertThat(width).isCloseTo(Math.rint(width), within(1e-3)).isBetween(6.0, 16.001);
            assertThat(width / height).isBetween(0.75 / 1.125, 4.0 / 3 * 1.125);
          });
    }

    assertThat(areas).allMatch(area -> area > 56 && area < 256.1);
    assertThat(areas.stream().mapToDouble(area -> area).average().orElseThrow())
        .as("between the least area, 64, and 256; the largest often do not fit")
        .isBetween(140.0, 170.0);
  }

  private static double slope(float[] inputs, int from, int to) {
    return (inputs[to] - inputs[from]) * LEVELS_PER_UNIT;
  }

  /** All crops of 2x3 pixels. */
  private static List<List<Integer>> crops(int[][] bordered) {
    List<List<Integer>> crops = new ArrayList<>();
    for (int top = 0; top <= 2; top++) {
      for (int left = 0; left <= 2; left++) {
        List<Integer> crop = new ArrayList<>();
        for (int y = 0; y < 2; y++) {
          for (int x = 0; x < 3; x++) {
            crop.add(bordered[top + y][left + x]);
          }
        }
        crops.add(crop);
      }
    }
    return crops;
  }

  /** Levels that count up from 1 over all images; an image's label is its number. */
  private static StoredImages images(ImageShape shape, int count) {
    byte[] pixels = new byte[count * shape.pixels()];
    int[] labels = new int[count];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i + 1);
    }
    Arrays.setAll(labels, i -> i);
    return new StoredImages(shape, pixels, labels);
  }

  private static TrainingSet set(StoredImages stored, int margin) {
    return new TrainingSet(stored.count(), margin, NONE, stored, stored);
  }

  private static Recipe recipe(int batchSize, boolean flips, int cropPadding) {
    return recipe(batchSize, flips, cropPadding, new ResizedCrop(1, 1));
  }

  private static Recipe recipe(
      int batchSize, boolean flips, int cropPadding, ResizedCrop resizedCrop) {
    return new Recipe(
        1,
        batchSize,
        1,
        new LearningRateSchedule.Constant(),
        0,
        0,
        0,
        0,
        flips,
        cropPadding,
        resizedCrop);
  }

  private static List<Integer> levels(Minibatch minibatch, int image) {
    int size = minibatch.images().length / minibatch.count();
    List<Integer> levels = new ArrayList<>();
    for (int i = image * size; i < (image + 1) * size; i++) {
      levels.add(Math.round(minibatch.images()[i] * LEVELS_PER_UNIT));
    }
    return levels;
  }
}
