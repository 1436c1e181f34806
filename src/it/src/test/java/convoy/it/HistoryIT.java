package convoy.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tab "Training" in the History Server, after the driver is gone. */
@ExtendWith(ClusterExtension.class)
final class HistoryIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Cluster cluster;
  private final SmallTraining training;

  HistoryIT(Cluster cluster, SmallTraining training) {
    this.cluster = cluster;
    this.training = training;
  }

  private String get(String path) throws IOException {
    try (InputStream in = URI.create(cluster.historyServer() + path).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What the server answers once it has read the event log. */
  private String await(String path) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    while (true) {
      try {
        return get(path);
      } catch (IOException e) {
        if (Instant.now().isAfter(end)) {
          throw e;
        }
        Thread.sleep(500);
      }
    }
  }

  @Test
  void tab_hasTheRunOfTheEventLog() throws Exception {
    String application = EventLog.application(cluster.hdfs(), SmallTraining.NAME);
    cluster
        .hdfs()
        .write(
            "/spark-events/" + application,
            cluster.hdfs().bytes(EventLog.folder(SmallTraining.NAME) + "/" + application));

    JsonNode shown =
        new ObjectMapper().readTree(await("/history/" + application + "/training/json/"));

    JsonNode run = shown.at("/runs/0");
    assertThat(shown.get("live").booleanValue()).isFalse();
    assertThat(run.get("state").textValue()).isEqualTo("FINISHED");
    assertThat(run.get("roundsDone").intValue())
        .isEqualTo(SmallTraining.EPOCHS * SmallTraining.ROUNDS_AN_EPOCH);
    assertThat(run.at("/ended/sha256").textValue()).isEqualTo(training.output().parametersSha256());
    assertThat(run.get("pictures")).isNotEmpty();
    assertThat(get("/history/" + application + "/training/"))
        .contains("id=\"convoy\"")
        .contains("resnet-8");
    assertThat(get("/history/" + application + "/jobs/"))
        .contains("/history/" + application + "/training/");
  }
}
