package convoy.worker.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
  private static ConfusionMatrix of(long[][] counts) {
    ConfusionMatrix matrix = new ConfusionMatrix(counts.length);
    for (int t = 0; t < counts.length; t++) {
      for (int p = 0; p < counts.length; p++) {
        matrix.count(t, p, counts[t][p]);
      }
    }
    return matrix;
  }

  @Test
  void macroScores_areTheMeansOfThePerClassScores() {
    // Recall 8/10, 2/4, 1/6; precision 8/12, 2/5, 1/3; F1 = 2 x found / (actual + called).
    ConfusionMatrix matrix = of(new long[][] {{8, 1, 1}, {1, 2, 1}, {3, 2, 1}});

    assertThat(matrix.recall(2)).isCloseTo(1 / 6.0, within(1e-12));
    assertThat(matrix.precision(0)).isCloseTo(8 / 12.0, within(1e-12));
    assertThat(matrix.f1(0)).isCloseTo(16 / 22.0, within(1e-12));
    assertThat(matrix.f1(1)).isCloseTo(4 / 9.0, within(1e-12));
    assertThat(matrix.f1(2)).isCloseTo(2 / 9.0, within(1e-12));
    assertThat(matrix.macroRecall()).isCloseTo((0.8 + 0.5 + 1 / 6.0) / 3, within(1e-12));
    assertThat(matrix.macroF1()).isCloseTo((16 / 22.0 + 4 / 9.0 + 2 / 9.0) / 3, within(1e-12));
    assertThat(matrix.accuracy()).isEqualTo(11 / 20.0);
  }

  @Test
  void classWithoutImages_isLeftOutOfTheMeans_evenWhereImagesAreTakenForIt() {
    ConfusionMatrix matrix = of(new long[][] {{3, 0, 1}, {0, 4, 0}, {0, 0, 0}});

    assertThat(matrix.macroRecall()).isCloseTo((0.75 + 1) / 2, within(1e-12));
    assertThat(matrix.macroF1()).isCloseTo((6 / 7.0 + 1) / 2, within(1e-12));
    assertThat(matrix.recall(2)).isNaN();
    assertThat(matrix.f1(2)).isZero();
  }

  @Test
  void classThatIsNeverFound_countsAsZero() {
    ConfusionMatrix matrix = of(new long[][] {{0, 5}, {0, 5}});

    assertThat(matrix.macroRecall()).isEqualTo(0.5);
    assertThat(matrix.precision(0)).isNaN();
    assertThat(matrix.macroF1()).isCloseTo(10 / 15.0 / 2, within(1e-12));
  }

  @Test
  void matrixWithoutImages_hasNoScores() {
    assertThat(new ConfusionMatrix(3).macroRecall()).isNaN();
    assertThat(new ConfusionMatrix(3).macroF1()).isNaN();
    assertThat(new ConfusionMatrix(3).accuracy()).isNaN();
  }

  @Test
  void countsOfManyClasses_areThoseOfAnArray_inWhateverOrderTheyAreMerged() {
    int classes = 60;
    long[][] expected = new long[classes][classes];
    ConfusionMatrix first = new ConfusionMatrix(classes);
    ConfusionMatrix second = new ConfusionMatrix(classes);
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      int trueClass = random.nextInt(classes);
      int predicted = random.nextInt(5) == 0 ? random.nextInt(classes) : trueClass;
      expected[trueClass][predicted]++;
      (random.nextBoolean() ? first : second).count(trueClass, predicted);
    }

    for (ConfusionMatrix sum : new ConfusionMatrix[] {first.plus(second), second.plus(first)}) {
      assertThat(sum.total()).isEqualTo(20_000);
      long correct = 0;
      for (int t = 0; t < classes; t++) {
        long actual = 0;
        long predicted = 0;
        for (int p = 0; p < classes; p++) {
          assertThat(sum.at(t, p)).isEqualTo(expected[t][p]);
          actual += expected[t][p];
          predicted += expected[p][t];
        }
        assertThat(sum.actual(t)).isEqualTo(actual);
        assertThat(sum.predicted(t)).isEqualTo(predicted);
        correct += expected[t][t];
      }
      assertThat(sum.correct()).isEqualTo(correct);
    }
  }

  @Test
  void asManyClassesAsLabelsCanTell_takeNoMoreMemoryThanTheirImages() {
    int classes = 65_536;
    ConfusionMatrix matrix = new ConfusionMatrix(classes);
    for (int c = 0; c < classes; c++) {
      matrix.count(c, c, 3);
      matrix.count(c, (c + 1) % classes);
    }

    assertThat(matrix.at(65_535, 0)).isEqualTo(1);
    assertThat(matrix.at(0, 65_535)).isZero();
    assertThat(matrix.total()).isEqualTo(4L * classes);
    assertThat(matrix.macroRecall()).isCloseTo(0.75, within(1e-12));
    assertThat(matrix.macroF1()).isCloseTo(0.75, within(1e-12));
  }

  @Test
  void totals_followLaterCounts() {
    ConfusionMatrix matrix = of(new long[][] {{1, 0}, {0, 1}});
    assertThat(matrix.macroRecall()).isEqualTo(1);

    matrix.count(0, 1);

    assertThat(matrix.macroRecall()).isEqualTo(0.75);
    assertThat(matrix.actual(0)).isEqualTo(2);
  }

  @Test
  void classBeyondTheLast_isRefused() {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> new ConfusionMatrix(3).count(1, 3));
  }
}
