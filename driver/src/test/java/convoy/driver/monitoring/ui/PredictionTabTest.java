package convoy.driver.monitoring.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.driver.LocalSpark;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.failure.UserException;
import convoy.driver.prediction.PredictionJob;
import convoy.driver.prediction.PredictionSummary;
import convoy.driver.prediction.TinyModel;
import convoy.worker.image.decoding.ImageFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two prediction jobs: one of 60 files and some unreadable ones, and one with too many of those.
 */
class PredictionTabTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path directory;

  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withUi(eventLogs());

  private static PredictionSummary summary;
  private static Map<String, Row> rows;

  private static Path eventLogs() {
    try {
      return Files.createTempDirectory("event-logs");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeAll
  static void predict() throws IOException, TimeoutException {
    SparkSession session = SparkSession.builder().sparkContext(SPARK.context().sc()).getOrCreate();
    TinyModel.publish(TinyModel.create(), directory.resolve("model"));
    for (int i = 0; i < 60; i++) {
      String folder = i < 50 ? TinyModel.LABELS.get(i % 10) : "no class";
      write(folder + "/" + i + ".png", ImageFiles.png(TinyModel.picture(i), 32, 32));
    }
    for (int i = 0; i < 5; i++) {
      write("cat/empty" + i + ".png", new byte[0]);
    }
    write("dog/text.png", "not a picture".getBytes(StandardCharsets.UTF_8));
    summary = job(session, "out", "1").run();
    assertThatThrownBy(() -> job(session, "refused", "0.01").run())
        .isInstanceOf(UserException.class);
    SPARK.context().sc().listenerBus().waitUntilEmpty();
    rows =
        session
            .read()
            .schema("path string, label string, probability double, error string")
            .parquet(directory.resolve("out").toUri().toString())
            .collectAsList()
            .stream()
            .collect(Collectors.toMap(row -> row.getString(0), row -> row));
  }

  private static void write(String name, byte[] bytes) throws IOException {
    Path file = directory.resolve("images").resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private static PredictionJob job(SparkSession session, String output, String unreadableShare) {
    ConvoyConfig config =
        SPARK.config(
            "engine.name=dl4j",
            "prediction.model-path=" + directory.resolve("model"),
            "prediction.images-path=" + directory.resolve("images").toUri(),
            "prediction.output-path=file:" + directory.resolve(output),
            "prediction.max-unreadable-share=" + unreadableShare,
            "prediction.batch-size=4",
            "prediction.partitions=3",
            "prediction.labelled=true");
    return new PredictionJob(session, config.engine(), config.prediction());
  }

  private static JsonNode shown() throws IOException {
    try (InputStream in =
        URI.create(SPARK.context().sc().uiWebUrl().get() + "/training/json").toURL().openStream()) {
      return JSON.readTree(in).path("predictions");
    }
  }

  @Test
  void finishedJob_isShownAsItsSummaryHasIt() throws IOException {
    JsonNode job = shown().path(0);

    assertThat(job.path("state").asText()).isEqualTo("FINISHED");
    assertThat(job.path("filesDone").asLong()).isEqualTo(66).isEqualTo(summary.files());
    assertThat(job.path("unreadable").asLong()).isEqualTo(6);
    assertThat(job.path("filesPerSecond").asDouble()).isPositive();
    assertThat(job.path("setup").path("output").asText()).endsWith("/out");
    JsonNode figures = job.path("ended").path("figures");
    assertThat(figures.path("files").asLong()).isEqualTo(summary.files());
    assertThat(figures.path("classified").asLong()).isEqualTo(summary.classified());
    assertThat(
            StreamSupport.stream(figures.path("labels").spliterator(), false)
                .collect(
                    Collectors.toMap(
                        count -> count.path("label").asText(),
                        count -> count.path("files").asLong())))
        .isEqualTo(
            rows.values().stream()
                .filter(row -> !row.isNullAt(1))
                .collect(Collectors.groupingBy(row -> row.getString(1), Collectors.counting())));
    JsonNode empty = figures.path("unreadable").path(0);
    assertThat(empty.path("reason").asText()).isEqualTo("EMPTY");
    assertThat(empty.path("files").asLong()).isEqualTo(summary.unreadable().get("EMPTY"));
    assertThat(empty.path("examples")).hasSize(3);
    for (JsonNode example : empty.path("examples")) {
      assertThat(rows.get(example.path("path").asText()).getString(3))
          .isEqualTo("EMPTY: " + example.path("sentence").asText());
    }
    JsonNode comparison = figures.path("comparison");
    PredictionSummary.Labelled labelled = summary.labelled().orElseThrow();
    assertThat(comparison.path("correct").asLong()).isEqualTo(labelled.matrix().correct());
    assertThat(comparison.path("files").asLong()).isEqualTo(50);
    assertThat(comparison.path("elsewhere").asLong()).isEqualTo(10);
  }

  @Test
  void pictures_areThoseOfTheRows() throws IOException {
    JsonNode figures = shown().path(0).path("ended").path("figures");
    double least =
        rows.values().stream()
            .filter(row -> !row.isNullAt(2))
            .mapToDouble(row -> row.getDouble(2))
            .min()
            .orElseThrow();

    assertThat(figures.path("leastSure").path(0).path("probability").asDouble()).isEqualTo(least);
    for (String group : new String[] {"surest", "leastSure", "wrong"}) {
      assertThat(figures.path(group)).hasSize(12);
      for (JsonNode picture : figures.path(group)) {
        Row row = rows.get(picture.path("path").asText());
        assertThat(picture.path("label").asText()).isEqualTo(row.getString(1));
        assertThat(picture.path("probability").asDouble()).isEqualTo(row.getDouble(2));
        assertShows(picture);
      }
    }
    for (JsonNode picture : figures.path("wrong")) {
      String folder = Path.of(picture.path("path").asText()).getParent().getFileName().toString();
      assertThat(picture.path("actual").asText())
          .isEqualTo(folder)
          .isNotEqualTo(picture.path("label").asText());
    }
  }

  /** The mean colour of the file, but for what JPEG loses. */
  private static void assertShows(JsonNode picture) throws IOException {
    String data = picture.path("picture").asText();
    assertThat(data).startsWith("data:image/jpeg;base64,").hasSizeLessThan(6_000);
    byte[] jpeg = Base64.getDecoder().decode(data.substring(data.indexOf(',') + 1));
    byte[] file = Files.readAllBytes(Path.of(picture.path("path").asText().substring(5)));
    assertThat(meanGreen(jpeg)).isCloseTo(meanGreen(file), within(3.0));
  }

  private static double meanGreen(byte[] file) throws IOException {
    var image = ImageIO.read(new ByteArrayInputStream(file));
    double sum = 0;
    for (int i = 0; i < 32 * 32; i++) {
      sum += image.getRGB(i % 32, i / 32) >> 8 & 0xff;
    }
    return sum / (32 * 32);
  }

  @Test
  void jobWithTooManyUnreadableFiles_isShownAsFailedWithItsFigures() throws IOException {
    JsonNode job = shown().path(1);

    assertThat(job.path("state").asText()).isEqualTo("FAILED");
    assertThat(job.path("ended").path("message").asText()).contains("6 of 66 files are unreadable");
    assertThat(job.path("ended").path("figures").path("classified").asLong()).isEqualTo(60);
  }

  @Test
  void eventLog_bringsBackTheSame() throws IOException {
    assertThat(
            JSON.readTree(
                JSON.writeValueAsString(EventLogReplay.of(SPARK.context()).predictions())))
        .isEqualTo(shown());
  }
}
