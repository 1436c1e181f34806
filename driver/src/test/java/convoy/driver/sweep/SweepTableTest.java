package convoy.driver.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.worker.image.Split;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SweepTableTest {
  private static final Map<String, String> ONE = Map.of("k", "1");
  private static final Map<String, String> TWO = Map.of("k", "2", "h", "16");

  private static SweepTable.Accuracy accuracy(Map<String, String> point, long seed, double value) {
    return new SweepTable.Accuracy(
        point, seed, Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value));
  }

  private final SweepGrid grid = new SweepGrid(List.of(ONE, TWO, Map.of("k", "4")));

  @Test
  void markdown_hasMeanAndDeviationOfEachPointWithATraining() {
    SweepTable table =
        new SweepTable(
            grid,
            Split.TEST,
            List.of(accuracy(ONE, 1, 0.9), accuracy(ONE, 2, 0.8), accuracy(TWO, 1, 0.7)));

    // The deviation of two values is their distance over the root of two: 0.1 / 1.41421.
    assertThat(table.markdown().lines())
        .anyMatch(
            line ->
                line.endsWith(
                    "| trainings | mean accuracy | standard deviation | accuracies by seed |"))
        .contains("|---|---|---|---|---|---|")
        .anyMatch(line -> line.contains("| 2 | 0.8500 | 0.0707 | 1: 0.9000; 2: 0.8000 |"))
        .anyMatch(line -> line.contains("| 1 | 0.7000 |  | 1: 0.7000 |"))
        .hasSize(4);
  }

  @Test
  void csv_ofAPointWithATrainingThatWasStopped_saysSo_ratherThanAMeanOfTheRest() {
    SweepTable table =
        new SweepTable(
            new SweepGrid(List.of(ONE)),
            Split.TEST,
            List.of(accuracy(ONE, 1, 0.9), accuracy(ONE, 2, Double.NaN)));

    assertThat(table.csv())
        .isEqualTo(
            """
            k,trainings,mean accuracy,standard deviation,accuracies by seed
            1,2,stopped,,1: 0.9000; 2: stopped
            """);
  }

  @Test
  void csv_ofAccuraciesOnValidationImages_saysSo() {
    SweepTable table =
        new SweepTable(
            new SweepGrid(List.of(ONE)), Split.VALIDATION, List.of(accuracy(ONE, 1, 0.9)));

    assertThat(table.csv())
        .startsWith(
            "k,trainings,mean validation accuracy,standard deviation,validation accuracies by seed\n");
  }
}
