package convoy.driver.monitoring.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.driver.monitoring.event.Confusions;
import convoy.driver.monitoring.event.EpochEnded;
import convoy.driver.monitoring.event.EvaluationFigures;
import convoy.driver.monitoring.event.PredictionAdvanced;
import convoy.driver.monitoring.event.PredictionEnded;
import convoy.driver.monitoring.event.PredictionFigures;
import convoy.driver.monitoring.event.PredictionFigures.FolderComparison;
import convoy.driver.monitoring.event.PredictionFigures.UnreadableFiles;
import convoy.driver.monitoring.event.PredictionStarted;
import convoy.driver.monitoring.event.RoundEnded;
import convoy.driver.monitoring.event.RunEnded;
import convoy.driver.monitoring.event.RunStarted;
import convoy.driver.monitoring.event.RunTested;
import convoy.driver.monitoring.event.Thumbnail;
import convoy.driver.monitoring.event.UnreadableFile;
import convoy.driver.monitoring.history.PredictionHistory;
import convoy.driver.monitoring.history.PredictionView;
import convoy.driver.monitoring.history.RunHistory;
import convoy.driver.monitoring.history.RunView;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingPageTest {
  private static final int MOST_BYTES = 2_000_000;
  private static final int BROWSER_SECONDS = 120;
  private static final int REPLICAS = 4;
  private static final int EPOCHS = 100;
  private static final int ROUNDS_PER_EPOCH = 12;
  private static final long START = 1_764_280_000_000L;

  /** Runs a script wherever a page takes it for markup, for an attribute or for a script. */
  private static final String HOSTILE =
      "</script><script>document.title='ran'</script><!--\u2028\u2029\"'"
          + "><img src=x onerror=\"document.title='ran'\">&lt;b&gt;`${document.title='ran'}`\\u003c ";

  private static final String OWN_PICTURE = "data:image/jpeg;base64,/9j/4AAQSkZJRg==";

  /** What makes a browser ask another address. */
  private static final Pattern LOADS =
      Pattern.compile(
          "\\b(src|href|action|data)\\s*=\\s*[\"']?\\s*(https?:)?//[^\"']*"
              + "|\\burl\\(|@import|sourceMappingURL|importScripts|<link[^>]*stylesheet|<base\\b",
          Pattern.CASE_INSENSITIVE);

  @Test
  void content_ofAnyStrings_hasNoneThatEndsItsScript() {
    String content = TrainingPage.content(json(hostileRun("run")));

    String data = between(content, "id=\"convoy-data\">", "</script>");
    assertThat(data).doesNotContain("<", ">", "&", "\u2028", "\u2029");
    assertThat(data).contains("\\u003c/script\\u003e", "\\u003c!--\\u2028\\u2029");
  }

  @Test
  void content_readBack_isTheSameData() throws IOException {
    String json = json(hostileRun("run"));

    String data = between(TrainingPage.content(json), "id=\"convoy-data\">", "</script>");

    ObjectMapper mapper = new ObjectMapper();
    assertThat(mapper.readTree(data)).isEqualTo(mapper.readTree(json));
  }

  @Test
  void document_loadsNothingFromOutside() {
    String document = TrainingPage.document("Report", json(run("hdfs://namenode:9000/runs/a")));

    List<String> loads =
        LOADS.matcher(document).results().map(MatchResult::group).distinct().toList();
    assertThat(loads).isEmpty();
  }

  @Test
  void document_ofTenRuns_isUnderTwoMegabytes() {
    RunView[] runs =
        IntStream.range(0, 10)
            .mapToObj(number -> run("hdfs://namenode:9000/sweeps/rates/" + number))
            .toArray(RunView[]::new);

    assertThat(TrainingPage.document("Report", json(runs)).getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThan(MOST_BYTES);
  }

  @Test
  void document_ofHostileStrings_showsThemAsText(@TempDir Path folder) throws Exception {
    String title = HOSTILE + "Report";

    Rendered page =
        rendered(TrainingPage.document(title, json(hostileRun("one"), hostileRun("two"))), folder);

    assertThat(page.dom())
        .doesNotContain("<title>ran", "<img")
        .contains("&lt;img src=x onerror=")
        .contains("<span>&lt;/script&gt;&lt;script&gt;document.title=")
        .contains("Cannot go on: &lt;/script&gt;");
    assertThat(page.console()).isEmpty();
  }

  @Test
  void document_showsTheFiguresOfARun(@TempDir Path folder) throws Exception {
    Rendered page =
        rendered(TrainingPage.document("Report", json(run("hdfs://namenode:9000/runs/a"))), folder);

    assertThat(page.dom())
        .contains("resnet-20 on cifar: 4 replicas × 16 steps × 128 images")
        .contains("50,000 training", "272,474 parameters", "75.00\u202f%", "no end recorded")
        .containsPattern("<b>cat</b> taken for <b>dog</b><span>, 20 of 100</span>")
        .containsPattern("aria-label=\"Loss\\. a: [0-9.]+ in training at round 1,200; 0\\.5000 on");
    assertThat(page.console()).isEmpty();
  }

  @Test
  void document_ofNoRuns_saysSo(@TempDir Path folder) throws Exception {
    Rendered page = rendered(TrainingPage.document("Report", json()), folder);

    assertThat(page.dom())
        .contains("No training run or prediction has started in this application yet.");
    assertThat(page.console()).isEmpty();
  }

  @Test
  void document_ofARunThatHasOnlyBegun_saysSo(@TempDir Path folder) throws Exception {
    RunView begun = new RunHistory("file:/runs/a", started("file:/runs/a", "")).view();

    Rendered page = rendered(TrainingPage.document("Report", json(begun)), folder);

    assertThat(page.dom()).contains("No round has ended yet.");
    assertThat(page.console()).isEmpty();
  }

  @Test
  void document_ofAPredictionAlone_beginsWithIt(@TempDir Path folder) throws Exception {
    Rendered page =
        rendered(
            TrainingPage.document("Report", json(List.of(prediction("", OWN_PICTURE)))), folder);

    assertThat(page.dom())
        .contains("Predictions for photos", "1,000 files, classified by resnet-20")
        .contains("75.00\u202f%", "cat/1.png", "is dog", "2 files, such as")
        .contains("src=\"" + OWN_PICTURE + "\"")
        .containsPattern("<section class=\"curves\" hidden")
        .containsPattern("aria-valuetext=\"1,000 of 1,000 files");
    assertThat(page.console()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        HOSTILE,
        "javascript:document.title='ran'",
        "https://example.org/a.jpg",
        "data:image/svg+xml;base64,PHN2Zy8+",
        OWN_PICTURE + "\" onerror=\"document.title='ran'",
      })
  void document_ofHostilePredictions_showsThemAsText(String picture, @TempDir Path folder)
      throws Exception {
    Rendered page =
        rendered(
            TrainingPage.document("Report", json(List.of(prediction(HOSTILE, picture)))), folder);

    assertThat(page.dom())
        .doesNotContain("<title>ran", "<img src", "src=\"")
        .contains("Predictions for ")
        .contains("<b>&lt;/script&gt;&lt;script&gt;document.title=");
    assertThat(page.console()).isEmpty();
  }

  private record Rendered(String dom, List<String> console) {}

  /** What a browser makes of a document, and what it wrote to its console meanwhile. */
  private static Rendered rendered(String document, Path folder) throws Exception {
    List<String> browsers =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .filter(TrainingPageTest::isInstalled)
            .toList();
    assumeTrue(!browsers.isEmpty(), "Chromium is not installed: the page was not rendered");
    Path page = Files.writeString(folder.resolve("page.html"), document);
    File dom = folder.resolve("dom.html").toFile();
    File log = folder.resolve("log.txt").toFile();
    Process browser =
        new ProcessBuilder(
                browsers.get(0),
                "--headless",
                // Without it, Chromium refuses to run as root, as it does in containers.
                "--no-sandbox",
                "--disable-gpu",
                "--enable-logging=stderr",
                "--user-data-dir=" + folder.resolve("profile"),
                "--dump-dom",
                page.toUri().toString())
            .redirectOutput(dom)
            .redirectError(log)
            .start();
    boolean ended = browser.waitFor(BROWSER_SECONDS, TimeUnit.SECONDS);
    browser.destroyForcibly().waitFor();
    assertThat(ended).as("Chromium ended by itself").isTrue();
    List<String> console =
        Files.readString(log.toPath()).lines().filter(line -> line.contains("CONSOLE")).toList();
    return new Rendered(Files.readString(dom.toPath()), console);
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static String json(RunView... runs) {
    return json(List.of(), runs);
  }

  private static String json(List<PredictionView> predictions, RunView... runs) {
    Map<String, Object> mishap =
        Map.of("time", START + 60_000, "kind", HOSTILE, "text", "Executor 1: " + HOSTILE);
    try {
      return new ObjectMapper()
          .writeValueAsString(
              Map.of(
                  "time",
                  START,
                  "live",
                  false,
                  "runs",
                  runs,
                  "predictions",
                  predictions,
                  "mishaps",
                  List.of(mishap),
                  "mishapsLeftOut",
                  1));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** A run of three epochs that went wrong, with markup in every string. */
  private static RunView hostileRun(String name) {
    RunHistory history = new RunHistory(HOSTILE + name, started(HOSTILE + name, HOSTILE));
    addEpochs(history, 3);
    history.add(new RunTested(START + 5_000_000, 3, evaluation(HOSTILE)));
    history.add(
        new RunEnded(
            START + 5_000_000,
            RunEnded.Outcome.DIVERGED,
            "Cannot go on: " + HOSTILE,
            3,
            0.75,
            HOSTILE,
            HOSTILE));
    return history.view();
  }

  /** A prediction job with markup in every string. */
  private static PredictionView prediction(String markup, String picture) {
    String images = "hdfs://namenode:9000/photos" + markup;
    PredictionHistory history =
        new PredictionHistory(
            new PredictionStarted(
                START,
                markup + "resnet-20",
                markup + "hdfs://namenode:9000/models/a",
                images,
                markup + "hdfs://namenode:9000/predictions",
                1_000,
                10,
                true));
    history.add(new PredictionAdvanced(START + 5_000, 1_000, 2));
    Thumbnail shown =
        new Thumbnail(images + "/cat/1.png", markup + "cat", 0.75, markup + "dog", picture);
    history.add(
        new PredictionEnded(
            START + 6_000,
            PredictionEnded.Outcome.FAILED,
            "Cannot go on: " + markup,
            PredictionFigures.of(
                1_000,
                Map.of(markup + "cat", 990L, markup + "dog", 8L),
                List.of(
                    new UnreadableFiles(
                        markup + "EMPTY",
                        2,
                        List.of(new UnreadableFile(markup + "a.png", markup + "it is empty")))),
                new FolderComparison(750, 1_000, 0.75, 0),
                List.of(),
                List.of(shown),
                List.of(shown))));
    return history.view();
  }

  private static RunView run(String name) {
    RunHistory history = new RunHistory(name, started(name, ""));
    addEpochs(history, EPOCHS);
    return history.view();
  }

  private static void addEpochs(RunHistory history, int epochs) {
    for (int epoch = 1; epoch <= epochs; epoch++) {
      for (int round = 1; round <= ROUNDS_PER_EPOCH; round++) {
        history.add(round(epoch, round));
      }
      history.add(
          new EpochEnded(
              START + 30_000L * epoch,
              epoch,
              ROUNDS_PER_EPOCH,
              0.61803,
              0.7,
              0.1,
              2731.4,
              0.6,
              30.1,
              3.6,
              0.4,
              2.1,
              evaluation("test")));
    }
  }

  private static RoundEnded round(int epoch, int round) {
    double loss = 2.3 / Math.sqrt(epoch * ROUNDS_PER_EPOCH + round);
    List<Double> seconds =
        IntStream.range(0, REPLICAS).mapToObj(replica -> 2.5137 + loss * replica).toList();
    return new RoundEnded(
        START + 30_000L * (epoch - 1) + 2_000L * round,
        epoch,
        round,
        1,
        4_096,
        loss,
        1 - loss / 3,
        0.1 / epoch,
        2731.4 - loss,
        0.0501 + loss / 100,
        2.5137 + loss,
        0.3113 + loss / 10,
        0.0307 + loss / 100,
        seconds,
        seconds.stream().map(value -> value / 100).toList());
  }

  /** Of a matrix in which one in five cats is taken for a dog. */
  private static EvaluationFigures evaluation(String split) {
    Confusions confusions =
        new Confusions(
            List.of(
                new Confusions.ClassFigures(0, 100, 0.8, 0.72727, 0.76190),
                new Confusions.ClassFigures(1, 100, 0.7, 0.77778, 0.73684),
                new Confusions.ClassFigures(2, 0, null, null, null)),
            List.of(List.of(80L, 20L, 0L), List.of(30L, 70L, 0L), List.of(0L, 0L, 0L)),
            List.of(new Confusions.ConfusedPair(1, 0, 30), new Confusions.ConfusedPair(0, 1, 20)));
    return new EvaluationFigures(split, 0.5, 150, 200, 0.75, 0.75, 0.74937, true, confusions);
  }

  /**
   * The start of a run.
   *
   * @param markup stands in each of its strings
   */
  private static RunStarted started(String run, String markup) {
    return new RunStarted(
        START,
        markup + "resnet-20",
        markup + "hdfs://namenode:9000/sets/cifar",
        run,
        3,
        List.of(markup + "cat", markup + "dog", markup + "horse"),
        Map.of(markup + "training", 50_000L, markup + "test", 10_000L),
        markup + "test",
        REPLICAS,
        128,
        markup + "averaged every 16",
        markup + "onednn",
        markup + "float32",
        markup + "cpu",
        272_474,
        EPOCHS,
        EPOCHS * ROUNDS_PER_EPOCH,
        0,
        Map.of(markup + "training.epochs", markup + "100"),
        Map.of(markup + "convoy", markup + "0.1.0"));
  }

  private static String between(String text, String from, String to) {
    int start = text.indexOf(from) + from.length();
    return text.substring(start, text.indexOf(to, start));
  }
}
