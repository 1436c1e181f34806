package convoy.driver.monitoring.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.driver.LocalSpark;
import convoy.driver.training.TrainingFixture;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TrainingTabTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path directory;

  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withUi(eventLogs());

  private static TrainingFixture training;

  private static Path eventLogs() {
    try {
      return Files.createTempDirectory("event-logs");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeAll
  static void train() throws IOException, TimeoutException {
    training = TrainingFixture.small(SPARK, directory);
    training.train("out");
    SPARK.context().sc().listenerBus().waitUntilEmpty();
  }

  private static String get(String path) throws IOException {
    try (InputStream in =
        URI.create(SPARK.context().sc().uiWebUrl().get() + path).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static JsonNode shown() throws IOException {
    return JSON.readTree(get("/training/json"));
  }

  @Test
  void page_isATabOfSparksUi() throws IOException {
    assertThat(get("/jobs/")).contains("/training/");
    assertThat(get("/training/")).contains("id=\"convoy\"").contains("resnet-8");
  }

  @Test
  void json_hasWhatMetricsHave() throws IOException {
    JsonNode run = shown().path("runs").path(0);

    assertThat(shown().path("live").asBoolean()).isTrue();
    assertThat(run.path("state").asText()).isEqualTo("FINISHED");
    assertThat(run.path("setup").path("network").asText()).isEqualTo("resnet-8");
    assertThat(run.path("setup").path("output").asText()).endsWith("/out");
    assertThat(run.path("setup").path("images").path("training").asInt()).isEqualTo(53);
    // 27 images of the larger shard in minibatches of 8 are 4 steps, in rounds of 2.
    assertThat(run.path("setup").path("rounds").asInt()).isEqualTo(4);
    assertThat(run.path("roundsDone").asInt()).isEqualTo(4);
    assertThat(run.path("epochs")).hasSize(2);
    assertThat(run.path("replicas").path("seconds")).hasSize(2);
    assertThat(run.path("replicas").path("distances").path(0).path(0).asDouble())
        .isBetween(1e-6, 0.5);
    JsonNode lastEpoch =
        training.metrics("out").stream()
            .filter(line -> line.path("kind").asText().equals("epoch"))
            .reduce((earlier, later) -> later)
            .orElseThrow();
    assertThat(run.path("lastAccuracy").asDouble())
        .isEqualTo(lastEpoch.path("testAccuracy").asDouble());
    assertThat(run.path("evaluation").path("confusions").path("matrix")).hasSize(10);
    assertThat(run.path("ended").path("testAccuracy").asDouble())
        .isEqualTo(lastEpoch.path("testAccuracy").asDouble());
  }

  @Test
  void eventLog_bringsBackTheSame() throws IOException {
    JsonNode runs =
        JSON.readTree(JSON.writeValueAsString(EventLogReplay.of(SPARK.context()).runs()));
    assertThat(runs).isEqualTo(shown().path("runs"));
  }
}
