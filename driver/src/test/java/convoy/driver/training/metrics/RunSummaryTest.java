package convoy.driver.training.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.driver.monitoring.event.EpochEnded;
import convoy.driver.monitoring.event.EvaluationFigures;
import convoy.driver.monitoring.event.RoundEnded;
import convoy.driver.monitoring.event.RunStarted;
import convoy.driver.monitoring.event.RunTested;
import convoy.driver.monitoring.history.RunHistory;
import convoy.driver.progress.ProgressDisplay.Milestone;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RunSummaryTest {
  private static final RunStarted SETUP =
      new RunStarted(
          0,
          "resnet-20",
          "file:/data",
          "file:/out",
          2,
          List.of("a", "b"),
          Map.of(),
          "validation",
          2,
          64,
          "8 steps",
          "onednn",
          "float32",
          "cpu",
          274_042,
          30,
          1_470,
          0,
          Map.of(),
          Map.of());

  private static EpochEnded epoch(Double trainAccuracy) {
    return new EpochEnded(
        80_000, 2, 49, 1.43125, trainAccuracy, 0.1, 1_963.2, 1, 2, 3, 4, 5, evaluation());
  }

  private static EvaluationFigures evaluation() {
    return new EvaluationFigures("validation", 1.2218, 3_060, 5_000, 0.612, 0.61, 0.6, true, null);
  }

  private static RoundEnded round(Double accuracy) {
    return new RoundEnded(
        100_000, 3, 1, 98, 50_176, 1.41, accuracy, 0.1, 1_958, 1, 2, 3, 4, List.of(), List.of());
  }

  @Test
  void state_tellsWhereTheRunIsWithTheDigitsThatMeanSomething() {
    RunHistory history = new RunHistory("run", SETUP);
    assertThat(RunSummary.state(history).text()).isEmpty();
    history.add(epoch(0.48));
    history.add(round(0.4821));

    assertThat(RunSummary.state(history).text())
        .isEqualTo(
            "epoch 3/30, round 1, train loss 1.41, accuracy 48.2 %, validation 61.2 %, 1,960 images/s, 23 min left");
    assertThat(RunSummary.state(history).share()).isEqualTo(98.0 / 1_470);
    assertThat(RunSummary.state(history).line(80))
        .isEqualTo(
            "[#...............] epoch 3/30, train loss 1.41, validation 61.2 %, 23 min left");
  }

  @Test
  void epoch_isARowUnderItsHeadingAndASentence() {
    Milestone counted = EpochLines.milestone(SETUP, epoch(0.48));
    Milestone notCounted = EpochLines.milestone(SETUP, epoch(null));

    assertThat(counted.sentence())
        .isEqualTo(
            "epoch 2/30: train loss 1.43, accuracy 48.0 %; validation loss 1.22, accuracy 61.2 % (3,060 of 5,000 images, with test-time flip); 1,960 images/s");
    assertThat(counted.row().strip().split(" {2,}"))
        .containsExactly("2", "1.43", "48.0 %", "1.22", "61.2 %", "1,960", "80 s");
    assertThat(Stream.of(counted.heading(), counted.row(), notCounted.row()).map(String::length))
        .containsOnly(counted.heading().length());
    assertThat(counted.heading()).hasSizeLessThanOrEqualTo(100);
  }

  @Test
  void test_isASentence() {
    assertThat(EpochLines.of(new RunTested(0, 2, evaluation())))
        .isEqualTo(
            "model of epoch 2: validation loss 1.22, accuracy 61.2 % (3,060 of 5,000 images, with test-time flip)");
  }
}
