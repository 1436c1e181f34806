package convoy.driver.training.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.driver.monitoring.event.EpochEnded;
import convoy.driver.monitoring.event.EvaluationFigures;
import convoy.driver.monitoring.event.RoundEnded;
import convoy.driver.monitoring.event.RunEnded;
import convoy.driver.monitoring.event.RunEvent;
import convoy.driver.monitoring.event.RunStarted;
import convoy.driver.monitoring.event.RunTested;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MetricsLineTest {
  private static final EvaluationFigures TEST =
      new EvaluationFigures("test", 0.5, 7, 10, 0.7, 0.6, 0.5, false, null);

  static Stream<RunEvent> events() {
    return Stream.of(
        new RunStarted(
            1,
            "resnet-8",
            "file:/data",
            "file:/out",
            2,
            List.of("a", "<b>\"'"),
            Map.of("training", 50L),
            "validation",
            2,
            8,
            "averaged every 2",
            "onednn",
            "float32",
            "cpu",
            78_042,
            3,
            12,
            0,
            Map.of("a.b", "c"),
            Map.of("convoy", "1")),
        new RoundEnded(
            2, 1, 3, 1, 32, 2.3, 0.1, 0.01, 100, 1, 2, 3, 4, List.of(1.5, 2.0), List.of(0.1, 0.2)),
        new RoundEnded(2, 1, 3, 1, 32, 2.3, null, 0.01, 100, 1, 2, 3, 4, List.of(), List.of()),
        new EpochEnded(3, 1, 4, 2.2, 0.2, 0.01, 90, 1, 2, 3, 4, 5, TEST),
        new EpochEnded(
            3,
            1,
            4,
            2.2,
            null,
            0.01,
            90,
            1,
            2,
            3,
            4,
            5,
            new EvaluationFigures("validation", 0.5, 7, 10, 0.7, 0.6, 0.5, true, null)),
        new RunTested(4, 3, TEST),
        new RunEnded(5, RunEnded.Outcome.FINISHED, "", 3, 0.7, "file:/out/model", "ab"),
        new RunEnded(5, RunEnded.Outcome.DIVERGED, "its loss is NaN", 0, null, null, null));
  }

  @ParameterizedTest
  @MethodSource("events")
  void event_comesBackFromItsLine(RunEvent event) {
    assertThat(MetricsLine.parse(MetricsLine.of(event))).contains(event);
  }

  @Test
  void evaluation_isFlat_underTheNameOfItsSplit() {
    assertThat(MetricsLine.of(new RunTested(4, 3, TEST)))
        .isEqualTo(
            "{\"kind\":\"test\",\"time\":4,\"epoch\":3,\"testLoss\":0.5,\"testCorrect\":7,\"testCount\":10,\"testAccuracy\":0.7,\"testMacroRecall\":0.6,\"testMacroF1\":0.5,\"testTimeFlip\":false}");
  }

  @Test
  void lineOfAnEarlierVersion_isRead() {
    assertThat(
            MetricsLine.parse(
                "{\"kind\":\"round\",\"epoch\":1,\"round\":2,\"trainLoss\":2.5,\"trainAccuracy\":0.25,\"learningRate\":0.1,\"imagesPerSecond\":10.0,\"broadcastSeconds\":1.0,\"computeSeconds\":2.0,\"gatherSeconds\":3.0,\"averageSeconds\":4.0}"))
        .contains(
            new RoundEnded(0, 1, 2, 1, 0, 2.5, 0.25, 0.1, 10, 1, 2, 3, 4, List.of(), List.of()));
  }

  @Test
  void otherText_isNoEvent() {
    assertThat(MetricsLine.parse("{\"kind\":\"unheard-of\"}")).isEmpty();
    assertThat(MetricsLine.parse("[]")).isEmpty();
    assertThat(MetricsLine.parse("{\"kind\":\"rou")).isEmpty();
  }
}
