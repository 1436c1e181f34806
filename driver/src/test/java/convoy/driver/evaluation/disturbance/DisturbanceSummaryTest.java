package convoy.driver.evaluation.disturbance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.worker.engine.TestTimeFlip;
import convoy.worker.evaluation.ConfusionMatrix;
import convoy.worker.evaluation.Evaluation;
import convoy.worker.image.Split;
import convoy.worker.image.disturbance.Disturbance;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DisturbanceSummaryTest {
  /** 90 of 100 images clean; the kind of place k is right about 80 - 10 k - strength of them. */
  private static DisturbanceSummary summary() {
    return summary(90);
  }

  private static DisturbanceSummary summary(int clean) {
    Map<Disturbance, List<Evaluation>> disturbed = new EnumMap<>(Disturbance.class);
    for (Disturbance kind : Disturbance.all()) {
      int right = 80 - 10 * disturbed.size();
      disturbed.put(
          kind, IntStream.rangeClosed(1, 5).mapToObj(s -> evaluation(right - s)).toList());
    }
    return new DisturbanceSummary(
        "file:/model", "file:/data", Split.TEST, TestTimeFlip.ON, evaluation(clean), disturbed);
  }

  private static Evaluation evaluation(int right) {
    ConfusionMatrix matrix = new ConfusionMatrix(2);
    for (int i = 0; i < 100; i++) {
      matrix.count(0, i < right ? 0 : 1);
    }
    return new Evaluation(matrix, 50);
  }

  @Test
  void means_areOverStrengthsAndKinds() {
    assertThat(summary().meanAccuracy(Disturbance.ROTATION)).isCloseTo(0.77, within(1e-12));
    assertThat(summary().meanAccuracy(0)).isCloseTo(0.9, within(1e-12));
    assertThat(summary().meanAccuracy(5)).isCloseTo(0.45, within(1e-12));
    assertThat(summary().meanAccuracy()).isCloseTo(0.47, within(1e-12));
    assertThat(summary().meanDrop()).isCloseTo(0.43, within(1e-12));
  }

  @Test
  void text_hasARowForEachKind_andTheMeans() {
    assertThat(summary().text().lines())
        .containsExactly(
            "Accuracy on 100 test images: clean, at strengths 1 to 5, and the mean of those",
            "             clean       1       2       3       4       5    mean",
            "rotation    0.9000  0.7900  0.7800  0.7700  0.7600  0.7500  0.7700",
            "light       0.9000  0.6900  0.6800  0.6700  0.6600  0.6500  0.6700",
            "noise       0.9000  0.5900  0.5800  0.5700  0.5600  0.5500  0.5700",
            "blur        0.9000  0.4900  0.4800  0.4700  0.4600  0.4500  0.4700",
            "occlusion   0.9000  0.3900  0.3800  0.3700  0.3600  0.3500  0.3700",
            "shift       0.9000  0.2900  0.2800  0.2700  0.2600  0.2500  0.2700",
            "jpeg        0.9000  0.1900  0.1800  0.1700  0.1600  0.1500  0.1700",
            "mean        0.9000  0.4900  0.4800  0.4700  0.4600  0.4500  0.4700",
            "The mean accuracy under disturbances is 0.4700, which is 0.4300 below the 0.9000 of clean images, with test-time flip");
  }

  @Test
  void sentence_ofAModelThatDoesBetterUnderDisturbances_saysAbove() {
    assertThat(summary(40).sentence())
        .startsWith(
            "The mean accuracy under disturbances is 0.4700, which is 0.0700 above the 0.4");
  }

  /** The ends of the lines, by the chart's own axes: 0 lies at 336, 0.9 at 16. */
  @Test
  void chart_drawsEachAccuracyWhereItLies() {
    assertThat(AccuracyChart.of(summary()))
        .contains("<path d=\"M90.0 16.0L188.0 55.1")
        .contains("L580.0 %.1f\" class=\"line\"/>".formatted(336 - 320 * 0.75 / 0.9))
        .contains("L580.0 %.1f\" class=\"line\"/>".formatted(336 - 320 * 0.15 / 0.9))
        .contains("<title>jpeg, strength 5: 0.1500</title>");
  }
}
