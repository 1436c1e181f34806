package convoy.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import convoy.worker.image.decoding.BadFiles;
import convoy.worker.image.decoding.BadFiles.BadFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Classifies directories of files, good and bad, with the model of the {@link SmallTraining}. */
@ExtendWith(ClusterExtension.class)
final class PredictionIT {
  /** Names that HDFS allows and a careless reader loses or takes for something else. */
  private static final List<String> ODD_NAMES =
      List.of(
          " blanks around it ",
          "100%.png",
          "%41 is not A.png",
          "a#fragment.png",
          "what?.png",
          "\"quoted\", with comma.png",
          "two\nlines.png",
          ".hidden.png",
          "_underscore.png",
          "back\\slash.png",
          "{a,b}[c]*.png",
          "猫.png",
          "кошка.png",
          "null");

  /** A name that HDFS forbids. */
  private static final String COLON = "10:30.png";

  private static final String LARGE_IMAGES_ALLOWED = "--max-pixels=100000000";

  private static Cluster cluster;
  private static SmallTraining training;
  private static List<BadFile> bad;
  private static byte[] image;
  private static Outcome outcome;
  private static Map<String, Row> rows;
  private static SparkSession spark;

  @TempDir Path directory;

  /** Classifies the test images among bad files and odd names, on both executors. */
  @BeforeAll
  static void classify(Cluster theCluster, SmallTraining theTraining) throws Exception {
    cluster = theCluster;
    training = theTraining;
    bad = BadFiles.all();
    Outcome exported =
        cluster.run(
            "export",
            List.of(
                "data",
                "export",
                "--split=test",
                "--data=" + cluster.uri("/images"),
                "--output=" + cluster.uri("/pictures")));
    assertThat(exported.exitCode()).as(exported::text).isZero();
    image = cluster.hdfs().bytes(pictures().get(0));
    for (BadFile file : bad) {
      cluster.hdfs().write("/pictures/bad/" + file.name(), file.bytes());
    }
    for (String name : ODD_NAMES) {
      cluster.hdfs().write("/pictures/_odd names/" + name, image);
    }
    outcome =
        cluster.run(
            "predict",
            predict("/pictures", "/rows", "--format=parquet", "--labelled", LARGE_IMAGES_ALLOWED));
    assertThat(outcome.exitCode()).as(outcome::text).isZero();
    spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.warehouse.dir", Checkout.TARGET.resolve("warehouse").toString())
            .getOrCreate();
    rows = byPath(spark.read().parquet(cluster.uri("/rows")).collectAsList());
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void parquet_hasOneRowForEveryFile() throws Exception {
    List<String> files = pictures();

    assertThat(files).hasSize(SmallTraining.TEST_IMAGES + bad.size() + ODD_NAMES.size());
    assertThat(rows.keySet()).containsExactlyInAnyOrderElementsOf(files);
    assertThat(cluster.hdfs().names("/rows"))
        .contains("_SUCCESS")
        .filteredOn(name -> name.startsWith("part-"))
        .hasSizeGreaterThan(1);
    assertThat(outcome.out())
        .contains(
            "classified %d of %d files, %d unreadable; rows in %s"
                .formatted(
                    files.size() - bad.size(), files.size(), bad.size(), cluster.uri("/rows")));
  }

  @Test
  void badFile_hasItsReasonAndNothingElse() {
    for (BadFile file : bad) {
      Row row = rows.get(cluster.uri("/pictures/bad/" + file.name()));
      assertThat(row.getString(row.fieldIndex("error"))).startsWith(file.reason() + ": ");
      assertThat(row.isNullAt(row.fieldIndex("label"))).isTrue();
      assertThat(row.isNullAt(row.fieldIndex("topK"))).isTrue();
    }
  }

  @Test
  void oneImageUnderOddNames_hasOneAnswer() throws Exception {
    Row expected = rows.get(pictures().get(0));

    assertThat(expected.<Row>getList(expected.fieldIndex("topK"))).hasSize(3);
    for (String name : ODD_NAMES) {
      Row row = rows.get(cluster.uri("/pictures/_odd names/" + name));
      assertThat(answer(row)).as(name).isEqualTo(answer(expected));
    }
  }

  @Test
  void labelled_printsTheAccuracyThatTheRowsHaveAndThatTheTrainingMeasured() throws Exception {
    long correct =
        rows.entrySet().stream()
            .filter(row -> folder(row.getKey()).equals(row.getValue().getAs("label")))
            .count();

    assertThat(correct).isEqualTo(training.output().model().at("/test/correct").longValue());
    assertThat(outcome.out())
        .contains(
            "accuracy %.4f (%d of 160 files in folders named after a class)"
                .formatted(correct / 160.0, correct));
  }

  @Test
  void evaluate_countsWhatTheTrainingCounted() throws Exception {
    Outcome evaluated =
        cluster.run(
            "evaluate",
            List.of(
                "evaluate",
                "--master=local[2]",
                "--model=" + cluster.uri("/train/model"),
                "--data=" + cluster.uri("/images")));

    JsonNode test = training.output().model().get("test");
    assertThat(evaluated.exitCode()).as(evaluated::text).isZero();
    assertThat(evaluated.out().get(0))
        .isEqualTo(
            "Accuracy %.4f (%d of 160 images), mean loss %.4f"
                .formatted(
                    test.get("accuracy").doubleValue(),
                    test.get("correct").intValue(),
                    test.get("loss").doubleValue()));
  }

  @Test
  void csv_bringsNamesOfALocalDirectoryBackAsTheyWere() throws Exception {
    List<String> names = new ArrayList<>(ODD_NAMES);
    names.add(COLON);
    for (String name : names) {
      Files.write(directory.resolve(name), image);
    }
    List<String> words = predict("/pictures", "/rows-csv", "--format=csv", "--master=local[2]");
    words.set(words.indexOf("--images=" + cluster.uri("/pictures")), "--images=file:" + directory);

    Outcome predicted = cluster.run("predict-csv", words);

    assertThat(predicted.exitCode()).as(predicted::text).isZero();
    Map<String, Row> read =
        byPath(
            spark
                .read()
                .option("header", true)
                .option("escape", "\"")
                .option("multiLine", true)
                .option("ignoreLeadingWhiteSpace", false)
                .option("ignoreTrailingWhiteSpace", false)
                .csv(cluster.uri("/rows-csv"))
                .collectAsList());
    Row expected = rows.get(pictures().get(0));
    assertThat(read.keySet())
        .containsExactlyInAnyOrderElementsOf(
            names.stream().map(name -> "file:" + directory + "/" + name).toList());
    assertThat(read.values())
        .allSatisfy(
            row -> {
              assertThat(row.<String>getAs("label")).isEqualTo(expected.getAs("label"));
              assertThat(row.<String>getAs("probability"))
                  .isEqualTo(expected.getAs("probability").toString());
            });
  }

  @Test
  void tooManyUnreadableFiles_areExitCode5WithAllRowsWritten() throws Exception {
    Outcome predicted =
        cluster.run(
            "predict-json",
            predict(
                "/pictures/bad",
                "/rows-json",
                "--format=json",
                "--master=local[2]",
                LARGE_IMAGES_ALLOWED));

    assertThat(predicted.exitCode()).as(predicted::text).isEqualTo(5);
    assertThat(predicted.complaints())
        .singleElement()
        .asString()
        .startsWith(
            "Cannot accept the predictions: %1$d of %1$d files are unreadable, a share of 1.000 above the 0.5 that prediction.max-unreadable-share allows"
                .formatted(bad.size()));
    assertThat(predicted.hasStackTrace()).isFalse();
    assertThat(cluster.hdfs().names("/rows-json")).contains("_SUCCESS");
    Map<String, Row> read = byPath(spark.read().json(cluster.uri("/rows-json")).collectAsList());
    assertThat(read).hasSize(bad.size());
    for (BadFile file : bad) {
      Row row = read.get(cluster.uri("/pictures/bad/" + file.name()));
      assertThat(row.<String>getAs("error")).startsWith(file.reason() + ": ");
    }
  }

  @Test
  void existingOutput_isRefusedInSecondsAndStays() throws Exception {
    Outcome refused = cluster.run("predict-again", predict("/pictures", "/rows"));

    assertThat(refused.exitCode()).as(refused::text).isEqualTo(3);
    assertThat(refused.complaints())
        .containsExactly(
            "Cannot write the predictions to %s: it exists already (choose another place, or give --overwrite)"
                .formatted(cluster.uri("/rows")));
    assertThat(refused.hasStackTrace()).isFalse();
    assertThat(refused.time()).isLessThan(Duration.ofSeconds(60));
    assertThat(cluster.hdfs().names("/rows")).contains("_SUCCESS");
  }

  private static List<String> predict(String images, String output, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "predict",
                "--model=" + cluster.uri("/train/model"),
                "--images=" + cluster.uri(images),
                "--output=" + cluster.uri(output)));
    words.addAll(List.of(more));
    return words;
  }

  private static Map<String, Row> byPath(List<Row> list) {
    return list.stream().collect(Collectors.toMap(row -> row.getAs("path"), Function.identity()));
  }

  /** Label, probability and the most probable classes. */
  private static List<Object> answer(Row row) {
    return Arrays.asList(row.getAs("label"), row.getAs("probability"), row.getAs("topK"));
  }

  private static String folder(String path) {
    String[] names = path.split("/", -1);
    return names[names.length - 2];
  }

  /** The full names of all files in the folders of {@code /pictures}, in order; not its mark. */
  private static List<String> pictures() throws IOException {
    List<String> files = new ArrayList<>();
    List<String> folders = new ArrayList<>(cluster.hdfs().names("/pictures"));
    assertThat(folders.remove(".convoy-output")).isTrue();
    for (String folder : folders) {
      for (String name : cluster.hdfs().names("/pictures/" + folder)) {
        files.add(cluster.uri("/pictures/" + folder + "/" + name));
      }
    }
    return files;
  }
}
