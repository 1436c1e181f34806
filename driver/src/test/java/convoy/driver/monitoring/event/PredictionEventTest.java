package convoy.driver.monitoring.event;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.driver.monitoring.event.PredictionFigures.FolderComparison;
import convoy.driver.monitoring.event.PredictionFigures.LabelCount;
import convoy.driver.monitoring.event.PredictionFigures.UnreadableFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.util.JsonProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PredictionEventTest {
  private final List<PredictionProgress> told = new ArrayList<>();
  private long now = 5_000;
  private final PredictionEvents events = new PredictionEvents(told::add, () -> now);

  static Stream<PredictionProgress> kinds() {
    Thumbnail picture = new Thumbnail("file:/a \"b\"/1.png", "cat", 0.25, null, "data:,");
    return Stream.of(
        new PredictionStarted(1, "resnet-20", "file:/m", "file:/i", "file:/o", 3, 10, true),
        new PredictionAdvanced(2, 2, 1),
        new PredictionEnded(3, PredictionEnded.Outcome.FAILED, "Cannot \u2028 go on", null),
        new PredictionEnded(
            4,
            PredictionEnded.Outcome.FINISHED,
            null,
            PredictionFigures.of(
                3,
                Map.of("cat", 1L, "dog", 1L),
                List.of(
                    new UnreadableFiles(
                        "EMPTY", 1, List.of(new UnreadableFile("file:/e", "it is empty")))),
                new FolderComparison(1, 2, 0.5, 0),
                List.of(picture),
                List.of(picture),
                List.of())));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void event_comesBackFromTheEventLogAsItWas(PredictionProgress kind) {
    PredictionEvent event = new PredictionEvent("file:/o", kind);

    String line = JsonProtocol.sparkEventToJsonString(event);

    assertThat(JsonProtocol.sparkEventFromJson(line)).isEqualTo(event);
  }

  @Test
  void quickFiles_areToldOfOnceASecond_andTheLastBeforeTheEnd() {
    for (int file = 1; file <= 10_000; file++) {
      now++;
      events.post(new PredictionAdvanced(now, file, 0));
    }
    PredictionEnded end = new PredictionEnded(now, PredictionEnded.Outcome.FINISHED, null, null);
    events.post(end);

    assertThat(told).hasSizeBetween(10, 13).last().isSameAs(end);
    assertThat(told.get(told.size() - 2)).isEqualTo(new PredictionAdvanced(now, 10_000, 0));
  }

  @Test
  void figures_ofManyClasses_nameTheLargestAndAddUpTheRest() {
    Map<String, Long> counts = new TreeMap<>();
    for (long label = 1; label <= 1_000; label++) {
      counts.put("class " + label, label);
    }

    PredictionFigures figures =
        PredictionFigures.of(500_501, counts, List.of(), null, List.of(), List.of(), List.of());

    assertThat(figures.labels())
        .hasSize(200)
        .startsWith(new LabelCount("class 1000", 1_000))
        .endsWith(new LabelCount("class 801", 801));
    assertThat(figures.classified()).isEqualTo(500_500);
    assertThat(figures.otherLabels()).isEqualTo(800);
    assertThat(figures.otherFiles()).isEqualTo(800 * 801 / 2);
  }
}
