package convoy.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.bench.worker.Mode;
import convoy.bench.worker.Workload;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is made of measurements: numbers, lines of JSON, a table. */
class ResultsTest {
  private static final Measurement DL4J = measured("dl4j", 300, 100, 200);
  private static final Measurement NCHW = measured("pytorch-nchw", 40);
  private static final Measurement NHWC = measured("pytorch-nhwc", 50);
  private static final Measurement FAILED =
      Measurement.failed(workload("stock-dl4j"), "DL4J", "it said a|b");

  @Test
  void median_isTheMiddleOne_orTheMeanOfTheMiddleTwo() {
    assertThat(DL4J.median()).isEqualTo(200);
    assertThat(measured("x", 4, 1, 2, 100).median()).isEqualTo(3);
    assertThat(DL4J.lowest()).isEqualTo(100);
    assertThat(DL4J.highest()).isEqualTo(300);
  }

  @Test
  void jsonLines_areAnObjectAMeasurement() throws IOException {
    List<String> lines = JsonLines.of(List.of(DL4J, FAILED)).lines().toList();
    assertThat(lines).hasSize(2);
    JsonNode measured = new ObjectMapper().readTree(lines.get(0));
    assertThat(measured.get("engine").asText()).isEqualTo("dl4j");
    assertThat(measured.get("network").asText()).isEqualTo("resnet-20");
    assertThat(measured.get("pixels").asInt()).isEqualTo(32);
    assertThat(measured.get("mode").asText()).isEqualTo("train");
    assertThat(measured.get("threads").isInt()).isTrue();
    assertThat(measured.get("threads").asInt()).isEqualTo(2);
    assertThat(measured.get("batchSize").asInt()).isEqualTo(128);
    assertThat(measured.get("imagesPerSecond").asDouble()).isEqualTo(200);
    assertThat(measured.get("repetitions")).hasSize(3);
    JsonNode failed = new ObjectMapper().readTree(lines.get(1));
    assertThat(failed.get("failure").asText()).isEqualTo("it said a|b");
    assertThat(failed.has("imagesPerSecond")).isFalse();
  }

  @Test
  void table_comparesWithTheBetterLayoutOfPyTorch_andGivesAFailureOneRow() {
    List<String> rows =
        MarkdownTable.of(List.of(List.of(DL4J, NCHW, NHWC, FAILED))).lines().toList();
    assertThat(rows).hasSize(6);
    assertThat(rows.get(2))
        .isEqualTo("| resnet-20 | train | 2 | dl4j | 200.0 | 100.0 to 300.0 | 3 | 64 | 4.00 |");
    assertThat(rows.get(3)).endsWith("| 0.80 |");
    assertThat(rows.get(4)).endsWith("| 1.00 |");
    assertThat(rows.get(5)).contains("failed: it said a/b");
    assertThat(rows).allSatisfy(row -> assertThat(row.chars().filter(c -> c == '|')).hasSize(10));
  }

  @Test
  void table_comparesOnlyWithWhatWasMeasuredBesideIt() {
    String table = MarkdownTable.of(List.of(List.of(DL4J), List.of(NHWC)));
    assertThat(table.lines().toList().get(2)).endsWith("| 64 |  |");
  }

  private static Measurement measured(String engine, double... imagesPerSecond) {
    List<Double> values = Arrays.stream(imagesPerSecond).boxed().toList();
    return new Measurement(workload(engine), engine + " 1.0", values, 64, Optional.empty());
  }

  private static Workload workload(String engine) {
    return new Workload(engine, "resnet-20", 32, Mode.TRAIN, 2, 128);
  }
}
