package convoy.driver.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.driver.config.ConfigSources;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.config.TrainingRuns;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.monitoring.event.RunEnded;
import convoy.driver.store.OutputSpec;
import convoy.driver.training.checkpoint.Checkpoint;
import convoy.driver.training.checkpoint.Standing;
import convoy.driver.training.consensus.Consensus;
import convoy.driver.training.metrics.LogDetail;
import convoy.driver.training.metrics.MetricsLog;
import convoy.driver.training.plan.RoundLength;
import convoy.driver.training.plan.TrainingPlan;
import convoy.driver.training.round.RoundFigures;
import convoy.worker.training.LearningRate;
import convoy.worker.training.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingOutputTest {
  private static final Map<String, String> SETTINGS = Map.of("training.seed", "1");
  private static final RoundFigures SUMS = new RoundFigures(16, 30, OptionalLong.of(5), 1, 2, 3, 4);
  @TempDir Path parent;

  private static TrainingOutput open(String output, String... more) {
    String[] settings = new String[more.length + 1];
    settings[0] = "output.path=" + output;
    System.arraycopy(more, 0, settings, 1, more.length);
    return TrainingOutput.open(
        new Configuration(),
        TrainingRuns.output(ConvoyConfig.load(ConfigSources.of(settings))),
        2,
        "application 1");
  }

  /** The plan of a training run of two rounds of two steps an epoch. */
  private static TrainingPlan plan(int epochs) {
    return plan(epochs, 8);
  }

  private static TrainingPlan plan(int epochs, int batchSize) {
    return new TrainingPlan(
        32, epochs, 1, batchSize, new RoundLength.Steps(2), LearningRate.constant(0.1, 100));
  }

  private static Optional<Checkpoint> resume(String output, int epochs) throws IOException {
    return open(output, "training.resume=true", "training.epochs=" + epochs)
        .resumeFrom(SETTINGS, plan(epochs));
  }

  private void saveEpoch(int epoch) throws IOException {
    save(epoch, 2, RoundFigures.NONE);
  }

  private void save(int epoch, int round, RoundFigures epochSoFar) throws IOException {
    TrainingState state = new TrainingState(new float[] {epoch}, new float[0], epoch * 10L);
    open(parent + "/run", "training.resume=true")
        .save(
            new Checkpoint(
                epoch, round, Consensus.start(state), epochSoFar, Standing.START, SETTINGS));
  }

  @Test
  void resuming_takesTheNewestCheckpoint() throws IOException {
    saveEpoch(1);
    saveEpoch(2);

    Checkpoint newest = resume(parent + "/run", 2).orElseThrow();

    assertThat(newest.epochsDone()).isEqualTo(2);
    assertThat(newest.roundsDone()).isZero();
    assertThat(newest.consensus().state().parameters()).containsExactly(2);
  }

  @Test
  void resumingForFewerEpochsThanAreDone_isRefused() throws IOException {
    saveEpoch(3);

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> resume(parent + "/run", 2))
        .withMessage(
            "Cannot resume the training run for 2 epochs: its newest checkpoint is of epoch 3 (give --epochs 3 or more, or start again with another --output)")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void checkpointWithinAnEpoch_tellsTheRoundsThatAreDone() throws IOException {
    save(3, 1, SUMS);

    Checkpoint newest = resume(parent + "/run", 3).orElseThrow();

    assertThat(newest.epochsDone()).isEqualTo(2);
    assertThat(newest.roundsDone()).isEqualTo(1);
    assertThat(newest.epochSoFar()).isEqualTo(SUMS);
  }

  @Test
  void changedSettings_ifAllowed_beginTheEpochAgain_whereThePlanIsThen() throws IOException {
    save(3, 1, SUMS);
    TrainingOutput output =
        open(
            parent + "/run",
            "training.resume=true",
            "training.resume-changed=true",
            "training.epochs=4");

    // Eight steps an epoch.
    Checkpoint changed = output.resumeFrom(Map.of("training.seed", "2"), plan(4, 4)).orElseThrow();

    assertThat(changed.epochsDone()).isEqualTo(2);
    assertThat(changed.roundsDone()).isZero();
    assertThat(changed.epochSoFar()).isEqualTo(RoundFigures.NONE);
    assertThat(changed.consensus().state().parameters()).containsExactly(3);
    assertThat(changed.consensus().state().iteration()).isEqualTo(16);
    assertThat(changed.settings()).containsEntry("training.seed", "2");
  }

  @Test
  void outerStepOrMeanThatHasChanged_beginsAnew_andTheOtherGoesOn() throws IOException {
    Consensus consensus =
        new Consensus(
            new TrainingState(new float[1], new float[0], 40), new float[] {2}, new float[] {3});
    Map<String, String> before = Map.of("averaging.outer.kind", "a", "averaging.mean.kind", "b");
    open(parent + "/run", "training.resume=true")
        .save(new Checkpoint(1, 2, consensus, RoundFigures.NONE, Standing.START, before));

    Consensus otherStep =
        resumedWith(Map.of("averaging.outer.kind", "x", "averaging.mean.kind", "b"));
    Consensus otherMean =
        resumedWith(Map.of("averaging.outer.kind", "a", "averaging.mean.kind", "x"));

    assertThat(otherStep.outerMomentum()).isEmpty();
    assertThat(otherStep.meanParameters()).containsExactly(3);
    assertThat(otherMean.outerMomentum()).containsExactly(2);
    assertThat(otherMean.meanParameters()).isEmpty();
  }

  @Test
  void bestEpoch_isForgotten_whereAnotherIsKeptFromNowOn() throws IOException {
    Standing standing = new Standing(0, 0.5, 1, 0.75, new float[] {4});
    Consensus consensus = Consensus.start(new TrainingState(new float[1], new float[0], 4));
    Map<String, String> before = Map.of("training.keep", "LAST");
    open(parent + "/run", "training.resume=true")
        .save(new Checkpoint(2, 2, consensus, RoundFigures.NONE, standing, before));
    TrainingOutput output =
        open(parent + "/run", "training.resume=true", "training.resume-changed=true");

    Checkpoint same = output.resumeFrom(before, plan(5)).orElseThrow();
    Checkpoint changed = output.resumeFrom(Map.of("training.keep", "BEST"), plan(5)).orElseThrow();

    assertThat(same.standing()).usingRecursiveComparison().isEqualTo(standing);
    assertThat(changed.standing())
        .usingRecursiveComparison()
        .isEqualTo(new Standing(0, 0.5, 0, 0, new float[0]));
  }

  private Consensus resumedWith(Map<String, String> settings) throws IOException {
    return open(parent + "/run", "training.resume=true", "training.resume-changed=true")
        .resumeFrom(settings, plan(5))
        .orElseThrow()
        .consensus();
  }

  @Test
  void settingsThatAreGoneOrNew_haveChanged() throws IOException {
    saveEpoch(1);

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(
            () ->
                open(parent + "/run", "training.resume=true")
                    .resumeFrom(Map.of("training.speed", "1"), plan(5)))
        .withMessage(
            "Cannot resume the training run: training.seed was 1 and is now no such setting (%1$s)\n"
                + "Cannot resume the training run: training.speed was no such setting and is now 1 (%1$s)",
            "give the old value, or --set training.resume-changed=true, or start again with another --output");
  }

  @Test
  void anotherNetwork_isRefused_evenIfChangedSettingsAreAllowed() throws IOException {
    saveEpoch(1);

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(
            () ->
                open(parent + "/run", "training.resume=true", "training.resume-changed=true")
                    .resumeFrom(Map.of("training.seed", "2", "network.name", "vgg-11"), plan(5)))
        .withMessage(
            "Cannot resume the training run: network.name was no such setting and is now vgg-11 (give the old value, or start again with another --output)")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void trainingThatAnotherTakesTheOutputFrom_isStoppedBeforeItWrites() throws IOException {
    TrainingOutput first = open(parent + "/run");
    first.requireOwn();

    TrainingOutput.open(
        new Configuration(),
        new TrainingOutputSpec(
            new OutputSpec(parent + "/run", false), Resume.NEVER, LogDetail.AUTO),
        2,
        "application 2");

    // As if the other had deleted what this one was about to publish.
    Files.writeString(parent.resolve("run/checkpoints"), "in the way");
    Checkpoint checkpoint =
        Checkpoint.start(
            Consensus.start(new TrainingState(new float[1], new float[0], 0)), SETTINGS);
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> first.save(checkpoint))
        .withMessageContaining("application 2 has taken it over from application 1");
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(first::requireOwn)
        .withMessageContaining("application 2 has taken it over from application 1");
  }

  @Test
  void startingAnew_deletesTheCheckpoints_andNothingElse() throws IOException {
    saveEpoch(1);
    Files.writeString(parent.resolve("run/checkpoints/notes.txt"), "of another program");

    assertThat(open(parent + "/run", "output.overwrite=true").resumeFrom(SETTINGS, plan(5)))
        .isEmpty();

    assertThat(parent.resolve("run/checkpoints").toFile().list()).containsExactly("notes.txt");
  }

  @Test
  void leftoversOfAKilledRun_areDeleted() throws IOException {
    Files.createDirectories(parent.resolve("run/.model.convoy-tmp-1/sub"));
    Files.writeString(parent.resolve("run/.metrics.jsonl.convoy-tmp-2"), "{}");

    open(parent + "/run");

    assertThat(parent.resolve("run").toFile().list((folder, name) -> !name.endsWith(".crc")))
        .containsExactly(".claim");
  }

  @Test
  void outputThatCannotBeWritten_isRefusedBeforeAnyWork() throws IOException {
    Files.writeString(parent.resolve("file"), "in the way");

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> open(parent + "/file/run"))
        .withMessageContaining(parent + "/file/run")
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }

  @Test
  void placeOfTheCheckpointsTakenByAFile_isRefusedBeforeAnyWork() throws IOException {
    Files.writeString(parent.resolve("checkpoints"), "in the way");

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> open(parent.toString()))
        .withMessage(
            "Cannot write to file:%s/checkpoints: it is not a directory (move it away, or choose another --output)",
            parent)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }

  @Test
  void placeOfTheMetricsTakenByADirectory_isRefusedBeforeAnyWork() throws IOException {
    Files.createDirectory(parent.resolve("metrics.jsonl"));

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> open(parent.toString()))
        .withMessage(
            "Cannot write to file:%s/metrics.jsonl: it is a directory (move it away, or choose another --output)",
            parent)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }

  @Test
  void directoryOfMoreDigitsThanAnyEpochHas_isNoCheckpoint() throws IOException {
    saveEpoch(1);
    Files.createDirectory(parent.resolve("run/checkpoints/epoch-99999999999999999999"));

    assertThat(resume(parent + "/run", 5)).map(Checkpoint::epoch).contains(1);
  }

  @Test
  void metricsWhoseChecksumFileIsStale_areReadAllTheSame() throws IOException {
    TrainingOutput output = open(parent + "/run");
    MetricsLog written = output.metrics(0, 0);
    written.add(new RunEnded(1, RunEnded.Outcome.FAILED, "", 0, null, null, null));
    written.flush();
    Path file = parent.resolve("run/metrics.jsonl");
    Files.writeString(file, "{\"epoch\":1,\"note\":\"by hand\"}\n{\"epoch\":2,\"cut");

    output.metrics(1, 0).flush();

    assertThat(file).hasContent("{\"epoch\":1,\"note\":\"by hand\"}\n");
  }

  @Test
  void metrics_areKeptAsFarAsTheRoundThatIsResumed() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int epoch = 1; epoch <= 2; epoch++) {
      for (int round = 1; round <= 3; round++) {
        lines.add("{\"kind\":\"round\",\"epoch\":%d,\"round\":%d}".formatted(epoch, round));
      }
      lines.add("{\"kind\":\"epoch\",\"epoch\":%d,\"round\":3}".formatted(epoch));
    }
    TrainingOutput output = open(parent + "/run");
    Path file = parent.resolve("run/metrics.jsonl");
    Files.write(file, lines);

    output.metrics(1, 2).flush();
    assertThat(file).hasContent(String.join("\n", lines.subList(0, 6)));
    output.metrics(1, 0).flush();
    assertThat(file).hasContent(String.join("\n", lines.subList(0, 4)));
    output.metrics(0, 1).flush();
    assertThat(file).hasContent(lines.get(0));
  }

  @Test
  void outputOnNoFileSystem_isRefused() {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> open("foo://host/run"))
        .withMessageStartingWith("Cannot reach foo://host/run: ")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }

  @Test
  void outputThatNothingCameInto_isNotThereAfterwards() throws IOException {
    open(parent + "/new/runs/run").close();

    assertThat(parent).isEmptyDirectory();
    Files.createDirectory(parent.resolve("run"));
    open(parent + "/run").close();
    assertThat(parent.resolve("run")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"portrait.jpg", "model.json", "parameters.f32"})
  void modelThatConvoyHasNotWritten_isNotReplaced(String file) throws IOException {
    Path foreign = Files.createDirectories(parent.resolve("run/model")).resolve(file);
    Files.writeString(foreign, "{}");

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> open(parent + "/run", "output.overwrite=true"))
        .withMessage(
            "Cannot write the model to file:%s/run/model: --overwrite replaces only what Convoy wrote, and it holds \"%s\" (choose another --output, or delete it yourself)",
            parent, file)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
    assertThat(foreign).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"user\": 1}", "speed,time", "7"})
  void metricsOfAnotherProgram_areRefusedBeforeAnyWork(String text) throws IOException {
    Files.writeString(parent.resolve("metrics.jsonl"), text);

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> open(parent.toString(), "output.overwrite=true"))
        .withMessage(
            "Cannot write to file:%s/metrics.jsonl: it is there already, and no training run wrote it (move it away, or choose another --output)",
            parent)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
    assertThat(parent.resolve("metrics.jsonl")).hasContent(text);
  }
}
