package convoy.driver.evaluation.disturbance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import convoy.driver.LocalSpark;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.data.ImageSetFiles;
import convoy.driver.data.ImageSource;
import convoy.driver.data.ImageSources;
import convoy.driver.evaluation.EvaluationJob;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.store.ModelDirectory;
import convoy.driver.store.OutputSpec;
import convoy.driver.training.TrainingFixture;
import convoy.worker.engine.InferenceNetwork;
import convoy.worker.engine.catalog.Engines;
import convoy.worker.evaluation.Evaluation;
import convoy.worker.evaluation.Evaluator;
import convoy.worker.image.disturbance.Disturbance;
import convoy.worker.image.minibatch.RandomImages;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.image.shard.PackedImages;
import convoy.worker.model.InferenceModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisturbanceJobTest {
  private static final int IMAGES = 53;
  private static final Pattern PICTURE =
      Pattern.compile("<img src=\"data:image/png;base64,([^\"]+)\"");

  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withTwoSlots();
  @TempDir static Path directory;

  private static Path data;
  private static Path output;
  private static String model;
  private static DisturbanceSummary summary;

  @BeforeAll
  static void trainAndMeasure() throws IOException {
    data = ImageSetFiles.write(directory.resolve("data"), 40, IMAGES);
    Files.writeString(data.resolve("batches.meta.txt"), "<b>&amp;\"'\nb\nc\nd\ne\nf\ng\nh\ni\nj\n");
    model =
        TrainingFixture.of(
                SPARK, directory, data, "network.name=cifar10-quick", "training.epochs=1")
            .train("run")
            .modelUri();
    output = directory.resolve("disturbances");
    summary = disturb();
  }

  private static ImageSource source() {
    return ImageSources.open(new Configuration(), data.toString());
  }

  private static DisturbanceSummary disturb() {
    ConvoyConfig config = SPARK.config("evaluation.output-path=" + output);
    return new DisturbanceJob(
            SPARK.context(),
            config.engine(),
            config.evaluation().spec(),
            config.evaluation().output())
        .run(model, source(), config.evaluation().split());
  }

  /** The same measurement on one machine: every image disturbed in memory, and no shards. */
  private static Evaluation inMemory(Disturbance kind, int strength) {
    InferenceModel loaded =
        new ModelDirectory(
                SPARK.context().hadoopConfiguration(), new org.apache.hadoop.fs.Path(model))
            .load();
    PackedImages images = RandomImages.shard(3, IMAGES);
    byte[] all = new byte[images.pixels().length];
    byte[] pixels = new byte[images.shape().pixels()];
    for (int i = 0; i < IMAGES; i++) {
      images.read(i, pixels);
      byte[] disturbed = kind.applyTo(pixels, images.shape(), strength, 1, i);
      System.arraycopy(disturbed, 0, all, i * pixels.length, pixels.length);
    }
    ImageShard disturbed = new PackedImages(images.shape(), all, images.labels());
    try (InferenceNetwork network =
        Engines.named("onednn").openInference(loaded.network(), loaded.parameters(), IMAGES)) {
      return Evaluator.evaluate(network, disturbed, loaded.preprocessing(), 10, IMAGES);
    }
  }

  @Test
  void clean_isWhatEvaluateMeasures_andEveryStrengthIsOfAllImages() {
    ConvoyConfig config = SPARK.config();
    Evaluation plain =
        new EvaluationJob(SPARK.context(), config.engine(), config.evaluation().spec())
            .run(model, source(), config.evaluation().split())
            .evaluation();

    for (int i = 0; i < 100; i++) {
      assertThat(summary.clean().confusionMatrix().at(i / 10, i % 10))
          .isEqualTo(plain.confusionMatrix().at(i / 10, i % 10));
    }
    assertThat(summary.clean().lossSum()).isEqualTo(plain.lossSum());
    assertThat(Disturbance.all())
        .hasSize(7)
        .allSatisfy(
            kind ->
                assertThat(summary.disturbed().get(kind))
                    .hasSize(5)
                    .allSatisfy(
                        measured ->
                            assertThat(measured.confusionMatrix().total()).isEqualTo(IMAGES)));
    for (Disturbance kind : List.of(Disturbance.NOISE, Disturbance.OCCLUSION, Disturbance.JPEG)) {
      Evaluation expected = inMemory(kind, 5);
      Evaluation measured = summary.evaluation(kind, 5);
      assertThat(measured.confusionMatrix().correct())
          .isEqualTo(expected.confusionMatrix().correct());
      assertThat(measured.meanLoss()).isCloseTo(expected.meanLoss(), within(1e-5));
      assertThat(measured.meanLoss()).isNotEqualTo(plain.meanLoss());
    }
  }

  @Test
  void output_hasALineForEachStrength_andAPageOfItsOwn() throws IOException {
    try (Stream<Path> files = Files.list(output)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("disturbances.csv", "disturbances.html");
    }
    List<String> lines = Files.readAllLines(output.resolve("disturbances.csv"));
    assertThat(lines)
        .hasSize(1 + 1 + 7 * 5)
        .startsWith("kind,strength,parameter,unit,correct,images,accuracy,loss")
        .allMatch(line -> line.split(",", -1).length == 8);
    assertThat(lines.get(1)).startsWith("clean,0,,,").contains(",53,");
    Evaluation noise = summary.evaluation(Disturbance.NOISE, 5);
    assertThat(lines)
        .contains(
            String.format(
                Locale.ROOT,
                "noise,5,0.1,standard deviation as a share of the range,%d,53,%.6f,%.6f",
                noise.confusionMatrix().correct(),
                noise.confusionMatrix().correct() / 53.0,
                noise.meanLoss()));

    String page = Files.readString(output.resolve("disturbances.html"));
    String text = PICTURE.matcher(page).replaceAll("<img");
    assertThat(text)
        .contains("&lt;b&gt;&amp;amp;&quot;&#39;", model)
        .doesNotContain("<b>", "<script", "<link", "http", "NaN");
    assertThat(text.split("class=\"line\"", -1)).hasSize(1 + 7 + 7);
    Matcher pictures = PICTURE.matcher(page);
    int count = 0;
    while (pictures.find()) {
      assertThat(Base64.getDecoder().decode(pictures.group(1))).startsWith(0x89, 'P', 'N', 'G');
      count++;
    }
    assertThat(count).isEqualTo(4 * (1 + 7 * 3));

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> disturb())
        .withMessageContaining("it exists already (choose another place, or give --overwrite)");
  }

  @Test
  void output_isReplacedIfToldSo_butNoOtherFiles() throws IOException {
    OutputSpec replacing = new OutputSpec(output.toString(), true);
    DisturbanceJob.require(new Configuration(), replacing, model, data.toString());
    Path other = Files.createFile(output.resolve("notes.txt"));

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(
            () -> DisturbanceJob.require(new Configuration(), replacing, model, data.toString()))
        .withMessageContaining("--overwrite replaces only what Convoy wrote, and ");
    Files.delete(other);
  }

  @ParameterizedTest
  @CsvSource({"data/x, data", "run/model/x, run/model"})
  void output_amongTheDataOrTheModel_isRefusedBeforeAnyWork(String output, String held) {
    ConvoyConfig config =
        SPARK.config(
            "evaluation.output-path=" + directory.resolve(output), "evaluation.overwrite=true");

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(
            () ->
                DisturbanceJob.require(
                    new Configuration(), config.evaluation().output(), model, data.toString()))
        .withMessageContaining("it holds, or lies in, what is read from ")
        .withMessageContaining(directory.resolve(held).toString())
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }
}
