package convoy.driver.monitoring.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import convoy.driver.LocalSpark;
import convoy.driver.monitoring.metrics.Exposition;
import convoy.driver.monitoring.metrics.RunMetric;
import convoy.driver.training.TrainingFixture;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.metrics.sink.PrometheusServlet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PrometheusSinkTest {
  @TempDir static Path directory;

  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withUi();

  private static Exposition before;
  private static Exposition after;
  private static List<JsonNode> rounds;
  private static List<JsonNode> epochs;

  @BeforeAll
  static void train() throws IOException, TimeoutException {
    before = Exposition.parse(page());
    TrainingFixture training = TrainingFixture.small(SPARK, directory);
    training.train("out");
    SPARK.context().sc().listenerBus().waitUntilEmpty();
    after = Exposition.parse(page());
    rounds = lines(training, "round");
    epochs = lines(training, "epoch");
  }

  private static List<JsonNode> lines(TrainingFixture training, String kind) throws IOException {
    return training.metrics("out").stream()
        .filter(line -> line.path("kind").asText().equals(kind))
        .toList();
  }

  private static String page() throws IOException {
    URLConnection connection =
        URI.create(SPARK.context().sc().uiWebUrl().get() + "/metrics/prometheus")
            .toURL()
            .openConnection();
    try (InputStream in = connection.getInputStream()) {
      assertThat(connection.getContentType()).startsWith("text/plain");
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static double value(String sample) {
    return after.samples().get(sample);
  }

  private static double sum(List<JsonNode> lines, String field) {
    return lines.stream().mapToDouble(line -> line.path(field).asDouble()).sum();
  }

  @Test
  void everyMetric_hasHelpAndTypeByItsTable() {
    assertThat(after.helps())
        .containsExactlyInAnyOrderEntriesOf(
            Stream.of(RunMetric.values())
                // It is finished.
                .filter(metric -> metric != RunMetric.REMAINING)
                .collect(
                    java.util.stream.Collectors.toMap(RunMetric::metricName, RunMetric::help)));
    assertThat(after.types().keySet()).isEqualTo(after.helps().keySet());
    after
        .types()
        .forEach(
            (name, type) -> assertThat(type.equals("counter")).isEqualTo(name.endsWith("_total")));
  }

  @Test
  void beforeAnyRun_countersAreZeroAndGaugesAreAbsent() {
    assertThat(before.types()).isNotEmpty().containsKey("convoy_runs_started_total");
    assertThat(before.types().values()).containsOnly("counter");
    assertThat(before.samples())
        .allSatisfy(
            (name, value) -> {
              if (name.startsWith("convoy_")) {
                assertThat(value).isZero();
              }
            });
  }

  @Test
  void sparksOwnMetrics_areThereAsSparkWritesThem() {
    assertThat(after.samples().keySet())
        .anyMatch(name -> name.matches("metrics_.*_driver_DAGScheduler_job_allJobs_Value.*"))
        .noneMatch(name -> name.contains("ConvoyPlugin"));
  }

  @Test
  void gauges_areThoseOfTheLastLinesOfMetrics() {
    JsonNode epoch = epochs.get(epochs.size() - 1);
    assertThat(value("convoy_evaluation_accuracy_ratio{split=\"test\"}"))
        .isEqualTo(epoch.path("testAccuracy").asDouble());
    assertThat(value("convoy_evaluation_loss_nats{split=\"test\"}"))
        .isEqualTo(epoch.path("testLoss").asDouble());
    assertThat(value("convoy_best_accuracy_ratio"))
        .isEqualTo(
            epochs.stream()
                .mapToDouble(line -> line.path("testAccuracy").asDouble())
                .max()
                .orElseThrow());
    assertThat(value("convoy_learning_rate")).isEqualTo(epoch.path("learningRate").asDouble());
    assertThat(value("convoy_epoch")).isEqualTo(2);
    assertThat(value("convoy_rounds")).isEqualTo(rounds.size());
    assertThat(value("convoy_rounds_done")).isEqualTo(rounds.size());
    // Rounds of one second are told of together.
    assertThat(value("convoy_training_loss_nats")).isBetween(least("trainLoss"), most("trainLoss"));
    assertThat(value("convoy_slowest_replica_seconds")).isBetween(0.0, most("computeSeconds"));
    assertThat(value("convoy_replica_distance_ratio")).isBetween(1e-6, 0.5);
  }

  private static double least(String field) {
    return rounds.stream().mapToDouble(line -> line.path(field).asDouble()).min().orElseThrow();
  }

  private static double most(String field) {
    return rounds.stream().mapToDouble(line -> line.path(field).asDouble()).max().orElseThrow();
  }

  @Test
  void counters_areTheSumsOfTheLinesOfMetrics() {
    assertThat(value("convoy_images_trained_total")).isEqualTo(sum(rounds, "examples"));
    for (String phase : List.of("broadcast", "compute", "gather", "average")) {
      assertThat(value("convoy_phase_seconds_total{phase=\"%s\"}".formatted(phase)))
          .isCloseTo(sum(rounds, phase + "Seconds"), within(1e-6));
    }
    assertThat(value("convoy_phase_seconds_total{phase=\"evaluate\"}"))
        .isCloseTo(sum(epochs, "evaluateSeconds"), within(1e-6));
    assertThat(value("convoy_runs_started_total")).isOne();
    assertThat(value("convoy_runs_finished_total")).isOne();
    assertThat(value("convoy_runs_failed_total")).isZero();
  }

  @Test
  void users_settingsForThePageStand() throws IOException {
    SparkConf wild =
        new SparkConf(false)
            .set(
                "spark.metrics.conf.*.sink.prometheusServlet.class",
                PrometheusServlet.class.getName());
    Path file =
        Files.writeString(
            directory.resolve("metrics.properties"),
            "driver.sink.prometheusServlet.class=" + PrometheusServlet.class.getName());
    SparkConf filed = new SparkConf(false).set("spark.metrics.conf", file.toString());

    for (SparkConf users : List.of(wild, filed)) {
      SparkConf conf = users.clone();
      PrometheusSink.configure(conf);
      assertThat(conf.getAll()).isEqualTo(users.getAll());
    }
  }

  @Test
  void settings_areForTheDriverAlone() {
    SparkConf conf = new SparkConf(false);
    PrometheusSink.configure(conf);

    assertThat(Stream.of(conf.getAll()).map(setting -> setting._1()))
        .isNotEmpty()
        .allMatch(key -> key.startsWith("spark.metrics.conf.driver."));
  }
}
