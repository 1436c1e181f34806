package convoy.driver.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import convoy.driver.LocalSpark;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.config.SweepRuns;
import convoy.driver.config.TrainingRuns;
import convoy.driver.data.ImageSetFiles;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.training.TrainingFixture;
import convoy.driver.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepJobTest {
  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withOneSlot();
  @TempDir Path directory;
  private TrainingFixture trainings;

  @BeforeEach
  void writeData() throws IOException {
    trainings =
        TrainingFixture.of(
            SPARK,
            directory,
            ImageSetFiles.write(directory.resolve("data"), 24, 21),
            "network.name=resnet-8",
            "training.batch-size=8",
            "training.epochs=1");
  }

  private SweepJob sweep(String... settings) {
    ConvoyConfig config = trainings.config("sweep", settings);
    return new SweepJob(config.sweep().grid(), SweepRuns.of(config), TrainingRuns.output(config));
  }

  @Test
  void run_tablesWhatEachTrainingAloneComesTo_andKeepsOneThatDiverges() throws IOException {
    SweepTable table =
        sweep(
                "sweep.seeds=5",
                "optimizer.kind=sgd",
                "sweep.vary=training.replicas=1,3; optimizer.sgd.learning-rate=10")
            .run(SPARK.context());

    TrainingResult alone =
        trainings.train("alone", "training.seed=5", "training.replicas=3", "optimizer.kind=sgd");
    assertThat(table.csv())
        .startsWith("training.replicas,optimizer.sgd.learning-rate,trainings,mean accuracy,")
        .contains(String.format(Locale.ROOT, "\n3,,1,%.4f,", alone.testAccuracy()));
    assertThat(directory.resolve("sweep/sweep.csv")).hasContent(table.csv());
    assertThat(directory.resolve("sweep/sweep.md")).hasContent(table.markdown());
    assertThat(directory.resolve("sweep/runs/training.replicas=3_seed=5/model")).isDirectory();
  }

  @Test
  void run_overAnEarlierSweep_isRefusedBeforeTheFirstTraining_unlessResumed() throws IOException {
    SweepJob first = sweep("sweep.seeds=1", "sweep.vary=training.replicas=1");
    SweepTable table = first.run(SPARK.context());
    Path model = directory.resolve("sweep/runs/training.replicas=1_seed=1/model/model.json");
    byte[] description = Files.readAllBytes(model);
    // The new seed comes first: its training would run for nothing.
    SweepJob more = sweep("sweep.seeds=2,1", "sweep.vary=training.replicas=1");

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> more.run(SPARK.context()))
        .withMessage(
            "Cannot sweep into file:%s/sweep: it holds the training runs of an earlier sweep (give --resume to continue it, or --overwrite to start again)",
            directory)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
    assertThat(directory.resolve("sweep/runs/training.replicas=1_seed=2")).doesNotExist();

    SweepJob resumed =
        sweep("sweep.seeds=2,1", "sweep.vary=training.replicas=1", "training.resume=true");
    String accuracy = table.csv().substring(table.csv().indexOf("1: "));
    assertThat(resumed.run(SPARK.context()).csv()).contains("\n1,2,").endsWith("; " + accuracy);
    assertThat(Files.readAllBytes(model)).isEqualTo(description);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "training.seed=1,2 | Cannot vary training.seed: --seeds varies it (leave it out of --vary)",
        "output.path=a,b | Cannot vary output.path: it is that of the whole sweep (leave it out of --vary)",
        "engine.threads=1,2 | Cannot vary engine.threads: all training runs of a sweep share one Spark application, which has one value of it (run a sweep for each value)",
        // adam is the optimizer.
        "optimizer.sgd.learning-rate=0.1,0.2 | Cannot sweep over optimizer.sgd.learning-rate=0.1_seed=1 and optimizer.sgd.learning-rate=0.2_seed=1: they are the same training run (vary settings that make a difference with the others)",
        "optimizer.adam.learning-rate=0.1,1e-1 | Cannot sweep over optimizer.adam.learning-rate=0.1_seed=1 and optimizer.adam.learning-rate=1e-1_seed=1: they are the same training run (vary settings that make a difference with the others)",
      })
  void new_aGridThatComparesNothing_isRefused(String grid, String message) {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> sweep("sweep.seeds=1", "sweep.vary=" + grid))
        .withMessage(message)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void new_mistakesInAnyPoint_areAllNamed() {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> sweep("sweep.vary=training.replicas=0,2,none"))
        .withMessageContaining("training.replicas = 0 from --vary")
        .withMessageContaining("training.replicas = none from --vary")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void new_aNameThatNoFolderCanHave_isRefused() {
    String grid =
        IntStream.range(1, 12)
            .mapToObj(digits -> "augmentation.cutout=" + "0".repeat(23 * digits) + "1")
            .collect(Collectors.joining("; "));

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> sweep("sweep.vary=" + grid))
        .withMessageContaining(
            "a folder of that name would have 258 letters, and file systems take 255 (vary fewer keys at once)")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void new_aThousandPoints_takeNoTimeToSpeakOf() {
    String seeds =
        IntStream.rangeClosed(1, 1_000)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(","));

    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> sweep("sweep.vary=averaging.outer.kind=average", "sweep.seeds=" + seeds));
  }

  @Test
  void run_anEngineThatCannot_isNamedBeforeTheFirstTraining() {
    SweepJob sweep = sweep("sweep.vary=engine.name=dl4j,onednn", "averaging.master=dl4j-spark");

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> sweep.run(SPARK.context()))
        .withMessageContaining("Cannot use the engine onednn")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
    assertThat(directory.resolve("sweep")).doesNotExist();
  }

  @Test
  void run_overATableOfSomethingElse_isRefused() throws IOException {
    Path table = Files.createDirectory(directory.resolve("sweep")).resolve("sweep.csv");
    Files.writeString(table, "street,swept");

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> sweep("output.overwrite=true").run(SPARK.context()))
        .withMessage(
            "Cannot sweep into file:%s/sweep: its sweep.csv was not written by a sweep, which would have runs/ beside it (move it away, or choose another --output)",
            directory)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
    assertThat(table).hasContent("street,swept");
  }
}
