package convoy.driver.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.driver.config.ConfigSources;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.files.OddNames;
import convoy.driver.files.OtherFileSystem;
import convoy.driver.session.ConvoySparkConf;
import convoy.worker.engine.TestTimeFlip;
import convoy.worker.image.decoding.BadFiles;
import convoy.worker.image.decoding.BadFiles.BadFile;
import convoy.worker.image.decoding.ImageFiles;
import convoy.worker.model.InferenceModel;
import convoy.worker.prediction.Classification;
import convoy.worker.prediction.Classifier;
import convoy.worker.prediction.LabelProbability;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PredictionJobTest {
  @TempDir static Path shared;
  private static SparkSession spark;
  private static InferenceModel model;
  private static Classifier classifier;

  @TempDir Path directory;
  private Path images;
  private final Map<String, byte[]> good = new HashMap<>();

  @BeforeAll
  static void start() throws IOException {
    spark =
        SparkSession.builder()
            .config(
                ConvoySparkConf.of(
                        "prediction test", ConvoyConfig.load(ConfigSources.of("engine.name=dl4j")))
                    .setMaster("local[2,3]")
                    .set("spark.ui.enabled", "false")
                    .set("spark.sql.shuffle.partitions", "2")
                    .set("spark.hadoop.fs.other.impl", OtherFileSystem.class.getName())
                    .set("spark.local.dir", shared.resolve("spark").toString())
                    .set("spark.sql.warehouse.dir", shared.resolve("warehouse").toString()))
            .getOrCreate();
    model = TinyModel.create();
    TinyModel.publish(model, shared.resolve("model"));
    classifier = new Classifier(model, TinyModel.ENGINE, 1, 3, TestTimeFlip.OFF);
  }

  @AfterAll
  static void stop() {
    classifier.close();
    spark.stop();
  }

  @BeforeEach
  void createDirectory() throws IOException {
    images = Files.createDirectories(directory.resolve("images"));
  }

  @Test
  void parquet_hasARowForEveryFileWithTheModelsAnswerOrTheReason() throws Exception {
    List<BadFile> bad = writeGoodAndBad();

    PredictionSummary summary = predict("out [1] {a}", "prediction.format=parquet");

    Map<String, Row> rows =
        read("out [1] {a}").collectAsList().stream()
            .collect(Collectors.toMap(row -> row.getString(0), row -> row));
    assertThat(rows).hasSize(good.size() + bad.size());
    for (Map.Entry<String, byte[]> image : good.entrySet()) {
      Row row = rows.get("file:" + images + "/" + image.getKey());
      Classification expected = classify(image.getValue());
      assertThat(row).as(image.getKey()).isNotNull();
      assertThat(row.getString(1)).isEqualTo(expected.label());
      List<LabelProbability> top =
          row.<Row>getList(3).stream()
              .map(entry -> new LabelProbability(entry.getString(0), entry.getDouble(1)))
              .toList();
      assertThat(row.getDouble(2)).isEqualTo(top.get(0).probability());
      assertSame(top, expected.top());
      assertThat(row.isNullAt(4)).isTrue();
    }
    for (BadFile file : bad) {
      Row row = rows.get("file:" + images + "/bad/" + file.name());
      assertThat(row.getString(4)).startsWith(file.reason() + ": ");
      assertThat(row.isNullAt(1) && row.isNullAt(2) && row.isNullAt(3)).isTrue();
    }
    assertThat(names(directory.resolve("out [1] {a}")))
        .contains("_SUCCESS")
        .filteredOn(name -> name.startsWith("part-"))
        .hasSizeGreaterThan(1);
    assertThat(summary.files()).isEqualTo(good.size() + bad.size());
    assertThat(summary.classified()).isEqualTo(good.size());
    assertThat(summary.unreadable())
        .isEqualTo(
            bad.stream()
                .collect(
                    Collectors.groupingBy(
                        file -> file.reason().name(), TreeMap::new, Collectors.counting())));
  }

  @Test
  void csv_bringsEveryNameBackAsItWas() throws Exception {
    List<BadFile> bad = writeGoodAndBad();

    predict("out", "prediction.format=csv");

    Map<String, List<String>> rows = new HashMap<>();
    for (String text : parts("out")) {
      List<List<String>> records =
          CSVParser.parse(text, CSVFormat.DEFAULT).stream().map(CSVRecord::toList).toList();
      assertThat(records.get(0)).containsExactly("path", "label", "probability", "topK", "error");
      records.stream().skip(1).forEach(record -> rows.put(record.get(0), record));
    }
    assertThat(rows).hasSize(good.size() + bad.size());
    for (Map.Entry<String, byte[]> image : good.entrySet()) {
      List<String> row = rows.get("file:" + images + "/" + image.getKey());
      List<LabelProbability> top =
          Arrays.stream(row.get(3).split(";", -1))
              .map(entry -> entry.split("=", -1))
              .map(entry -> new LabelProbability(entry[0], Double.parseDouble(entry[1])))
              .toList();
      assertThat(row.get(1)).isEqualTo(top.get(0).label());
      assertThat(row.get(2)).isEqualTo(Double.toString(top.get(0).probability()));
      assertSame(top, classify(image.getValue()).top());
      assertThat(row.get(4)).isEmpty();
    }
    for (BadFile file : bad) {
      List<String> row = rows.get("file:" + images + "/bad/" + file.name());
      assertThat(row.subList(1, 4)).containsOnly("");
      assertThat(row.get(4)).startsWith(file.reason() + ": ");
    }
  }

  @Test
  void json_bringsEveryNameBackAsItWas() throws Exception {
    List<BadFile> bad = writeGoodAndBad();

    predict("out", "prediction.format=json", "prediction.top-k=1000");

    Map<String, JsonNode> rows = new HashMap<>();
    for (String text : parts("out")) {
      for (String line : text.lines().toList()) {
        JsonNode row = new ObjectMapper().readTree(line);
        rows.put(row.get("path").textValue(), row);
      }
    }
    assertThat(rows).hasSize(good.size() + bad.size());
    for (Map.Entry<String, byte[]> image : good.entrySet()) {
      JsonNode row = rows.get("file:" + images + "/" + image.getKey());
      assertThat(row.get("label").textValue()).isEqualTo(classify(image.getValue()).label());
      assertThat(row.get("topK")).hasSize(10);
      assertThat(row.get("topK").get(0).get("label")).isEqualTo(row.get("label"));
      assertThat(row.get("topK").get(0).get("probability")).isEqualTo(row.get("probability"));
      assertThat(row.get("error").isNull()).isTrue();
    }
    for (BadFile file : bad) {
      JsonNode row = rows.get("file:" + images + "/bad/" + file.name());
      assertThat(row.get("error").textValue()).startsWith(file.reason() + ": ");
      assertThat(row.get("label").isNull()).isTrue();
    }
  }

  @Test
  void labelled_comparesFoldersWithPredictions() throws Exception {
    int right = 0;
    long[][] expected = new long[10][10];
    for (int i = 0; i < 30; i++) {
      int predicted = TinyModel.LABELS.indexOf(classify(TinyModel.picture(i)).label());
      int folder = i % 3 == 0 ? predicted : i % 10;
      right += folder == predicted ? 1 : 0;
      expected[folder][predicted]++;
      write(TinyModel.LABELS.get(folder) + "/" + i + ".png", TinyModel.picture(i));
    }
    write("no class/1.png", TinyModel.picture(1));
    write("2.png", TinyModel.picture(2));
    writeBytes("cat/bad.png", new byte[0]);

    PredictionSummary summary = predict("out", "prediction.labelled=true");

    PredictionSummary.Labelled labelled = summary.labelled().orElseThrow();
    assertThat(Arrays.stream(expected).flatMapToLong(Arrays::stream).filter(n -> n > 0).count())
        .as("the pictures tell little if all are taken for the same")
        .isGreaterThan(15);
    assertThat(labelled.elsewhere()).isEqualTo(2);
    assertThat(labelled.matrix().total()).isEqualTo(30);
    assertThat(labelled.matrix().correct()).isEqualTo(right);
    for (int row = 0; row < 10; row++) {
      for (int column = 0; column < 10; column++) {
        assertThat(labelled.matrix().at(row, column)).isEqualTo(expected[row][column]);
      }
    }
    assertThat(summary.text())
        .startsWith("classified 32 of 33 files, 1 unreadable; rows in file:")
        .contains("  EMPTY                      1\n")
        .contains(
            "accuracy %.4f (%d of 30 files in folders named after a class)\n"
                .formatted(right / 30.0, right))
        .contains("2 classified files lie in folders named after no class: not counted\n");
  }

  @Test
  void testTimeFlip_givesTheMeanOfTheProbabilitiesOfImageAndMirrorImage() throws Exception {
    byte[] picture = TinyModel.picture(1);
    byte[] mirrored = new byte[picture.length];
    for (int i = 0; i < picture.length; i++) {
      mirrored[i] = picture[i - i % 32 + 31 - i % 32];
    }
    Map<String, Double> expected = new HashMap<>();
    try (Classifier all = new Classifier(model, TinyModel.ENGINE, 1, 10, TestTimeFlip.OFF)) {
      for (Classification classification : all.classify(List.of(picture, mirrored))) {
        classification
            .top()
            .forEach(entry -> expected.merge(entry.label(), entry.probability() / 2, Double::sum));
      }
    }
    write("cat/1.png", picture);

    PredictionSummary summary =
        predict(
            "out",
            "prediction.labelled=true",
            "prediction.top-k=10",
            "prediction.test-time-flip=true");

    List<Row> top = read("out").collectAsList().get(0).getList(3);
    assertThat(top).hasSize(10);
    for (Row entry : top) {
      assertThat(entry.getDouble(1)).isCloseTo(expected.get(entry.getString(0)), within(1e-6));
    }
    assertThat(summary.text())
        .contains(" of 1 files in folders named after a class), with test-time flip\n");
  }

  @Test
  void tooManyUnreadableFiles_failTheJobWithItsRowsWritten() throws Exception {
    write("cat.png", TinyModel.picture(1));
    writeBytes("empty.png", new byte[0]);
    writeBytes("empty2.png", new byte[0]);

    assertThatThrownBy(() -> predict("out", "prediction.max-unreadable-share=0.6"))
        .isInstanceOfSatisfying(
            UserException.class,
            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNREADABLE_IMAGES))
        .hasMessage(
            "Cannot accept the predictions: 2 of 3 files are unreadable, a share of 0.667 above"
                + " the 0.6 that prediction.max-unreadable-share allows: {EMPTY=2} (the column"
                + " error in file:%s/out gives the reason for each)",
            directory);
    assertThat(read("out").count()).isEqualTo(3);
  }

  @Test
  void foreignFileSystemAndNamesThatAreNoUtf8_giveRowsToo() throws Exception {
    write("猫: 1%.png", TinyModel.picture(1));
    Files.write(
        Path.of(URI.create("file://" + images.toUri().getRawPath() + "caf%E9.png")),
        ImageFiles.png(TinyModel.picture(2), 32, 32));
    Files.createSymbolicLink(images.resolve("broken"), Path.of("nowhere"));

    predict("out", "prediction.partitions=2");
    Files.delete(images.resolve("broken"));
    predict("other", "prediction.images-path=other:" + images + "/猫: 1%.png");

    assertThat(read("out").collectAsList())
        .extracting(row -> row.getString(0), row -> row.getString(1))
        .containsExactlyInAnyOrder(
            tuple("file:" + images + "/猫: 1%.png", classify(TinyModel.picture(1)).label()),
            tuple("file:" + images + "/caf\\xE9.png", classify(TinyModel.picture(2)).label()),
            tuple("file:" + images + "/broken", null));
    assertThat(read("other").collectAsList())
        .extracting(row -> row.getString(0), row -> row.getString(1))
        .containsExactly(
            tuple("other:" + images + "/猫: 1%.png", classify(TinyModel.picture(1)).label()));
  }

  @Test
  void taskThatHadToRunAgain_leavesOneRowAFile() throws Exception {
    for (int i = 0; i < 40; i++) {
      write(i + ".png", TinyModel.picture(i));
    }
    OtherFileSystem.refuse(2);

    PredictionSummary summary =
        predict("out", "prediction.images-path=other:" + images, "prediction.partitions=2");

    assertThat(summary.files()).isEqualTo(40);
    assertThat(summary.unreadable()).isEmpty();
    assertThat(read("out").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrderElementsOf(
            good.keySet().stream().map(name -> "other:" + images + "/" + name).toList());
  }

  @ParameterizedTest
  @EnumSource
  void existingPredictions_areRefusedBeforeAnyWorkAndReplacedIfAsked(PredictionFormat format)
      throws Exception {
    write("cat.png", TinyModel.picture(1));
    predict("out", "prediction.format=" + format.name().toLowerCase(Locale.ROOT));
    List<String> old = names(directory.resolve("out"));

    assertThatThrownBy(() -> predict("out"))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .hasMessageContaining("it exists already (choose another place, or give --overwrite)");
    assertThat(names(directory.resolve("out"))).containsExactlyInAnyOrderElementsOf(old);
    predict("out", "prediction.overwrite=true");

    assertThat(names(directory.resolve("out")))
        .contains("_SUCCESS", ".convoy-output")
        .filteredOn(name -> name.startsWith("part-"))
        .hasSize(1)
        .doesNotContainAnyElementsOf(old);
  }

  @Test
  void whatNoPredictionWrote_isNotReplaced() throws Exception {
    write("cat.png", TinyModel.picture(1));
    predict("out");
    Files.writeString(directory.resolve("out/old.txt"), "old");
    assertNotReplaced("it holds \"old.txt\"");
    Files.delete(directory.resolve("out/old.txt"));

    // As Spark writes somebody's table.
    String out = directory.resolve("out").toUri().toString();
    spark.range(3).write().mode("overwrite").parquet(out);
    assertNotReplaced("it holds \"_SUCCESS\"");
  }

  private void assertNotReplaced(String reason) throws IOException {
    List<String> before = names(directory.resolve("out"));
    assertThatThrownBy(() -> predict("out", "prediction.overwrite=true"))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .hasMessageStartingWith(
            "Cannot write the predictions to file:%s/out: --overwrite replaces only what Convoy wrote, and "
                .formatted(directory))
        .hasMessageContaining(reason);
    assertThat(names(directory.resolve("out"))).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void failedPredictions_leaveNothing_andOldOnesAsTheyWere() throws Exception {
    write("cat.png", TinyModel.picture(1));
    predict("out");
    List<String> old = names(directory.resolve("out"));
    // More often than a task is tried.
    OtherFileSystem.refuse(100);

    assertThatThrownBy(
            () ->
                predict(
                    "out", "prediction.overwrite=true", "prediction.images-path=other:" + images))
        .hasMessageContaining("Job aborted");
    assertThatThrownBy(() -> predict("new/out", "prediction.images-path=other:" + images))
        .hasMessageContaining("Job aborted");
    OtherFileSystem.refuse(0);

    assertThat(names(directory.resolve("out"))).containsExactlyInAnyOrderElementsOf(old);
    assertThat(names(directory)).doesNotContain("new").noneMatch(name -> name.contains("tmp"));
  }

  @Test
  void missingModelOrImages_areRefusedWithoutOutput() throws Exception {
    assertThatThrownBy(() -> predict("out"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no files found in " + images.toUri());
    write("cat.png", TinyModel.picture(1));
    assertThatThrownBy(() -> predict("out", "prediction.model-path=" + directory + "/absent"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Cannot load a model from " + directory + "/absent");
    assertThat(directory.resolve("out")).doesNotExist();
  }

  private List<BadFile> writeGoodAndBad() throws IOException {
    Files.createDirectories(images.resolve("bad/empty folder"));
    for (int i = 0; i < OddNames.ALL.size(); i++) {
      write("_x/" + OddNames.ALL.get(i), TinyModel.picture(i));
    }
    for (int i = 0; i < 40; i++) {
      write("more/" + i + ".jpg", TinyModel.picture(100 + i));
    }
    return BadFiles.writeTo(images.resolve("bad"));
  }

  private void write(String name, byte[] planes) throws IOException {
    good.put(name, planes);
    writeBytes(name, ImageFiles.png(planes, 32, 32));
  }

  private void writeBytes(String name, byte[] bytes) throws IOException {
    Path file = images.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private static Classification classify(byte[] planes) {
    return classifier.classify(List.of(planes)).get(0);
  }

  /** Batches of another size are summed in another order, so the last digits differ. */
  private static void assertSame(List<LabelProbability> top, List<LabelProbability> expected) {
    assertThat(top).hasSize(expected.size());
    for (int i = 0; i < top.size(); i++) {
      assertThat(top.get(i).label()).isEqualTo(expected.get(i).label());
      assertThat(top.get(i).probability()).isCloseTo(expected.get(i).probability(), within(1e-5));
    }
  }

  private PredictionSummary predict(String output, String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "engine.name=dl4j",
                "prediction.model-path=" + shared.resolve("model"),
                "prediction.images-path=" + images.toUri(),
                "prediction.output-path=file:" + directory + "/" + output,
                "prediction.batch-size=16",
                "prediction.partitions=3",
                "prediction.max-pixels=100000000"));
    all.addAll(List.of(settings));
    ConvoyConfig config = ConvoyConfig.load(ConfigSources.of(all.toArray(String[]::new)));
    return new PredictionJob(spark, config.engine(), config.prediction()).run();
  }

  private Dataset<Row> read(String output) {
    return new PredictionFiles(spark, PredictionFormat.PARQUET)
        .read("file:" + directory + "/" + output);
  }

  private List<String> parts(String output) throws IOException {
    List<String> parts = new ArrayList<>();
    for (String name : names(directory.resolve(output))) {
      if (name.startsWith("part-")) {
        parts.add(Files.readString(directory.resolve(output).resolve(name)));
      }
    }
    return parts;
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
