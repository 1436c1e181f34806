package convoy.driver.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.driver.ExitCode;
import convoy.driver.UserException;
import convoy.driver.config.ConfigSources;
import convoy.driver.config.ConvoyConfig;
import convoy.worker.training.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingOutputTest {
  private static final Map<String, String> SETTINGS = Map.of("training.seed", "1");
  @TempDir Path parent;

  private static TrainingOutput open(String output, String... more) {
    String[] settings = new String[more.length + 1];
    settings[0] = "output.path=" + output;
    System.arraycopy(more, 0, settings, 1, more.length);
    return TrainingOutput.open(new Configuration(), ConvoyConfig.load(ConfigSources.of(settings)));
  }

  private void saveEpoch(int epoch) throws IOException {
    TrainingState state = new TrainingState(new float[] {epoch}, new float[0], epoch);
    open(parent + "/run", "training.resume=true")
        .checkpoints()
        .save(new Checkpoint(epoch, state, SETTINGS), 2);
  }

  @Test
  void resuming_takesTheNewestCheckpoint() throws IOException {
    saveEpoch(1);
    saveEpoch(2);

    Checkpoint newest =
        open(parent + "/run", "training.resume=true").resumeFrom(SETTINGS, 2).orElseThrow();

    assertThat(newest.epoch()).isEqualTo(2);
    assertThat(newest.state().parameters()).containsExactly(2);
  }

  @Test
  void resumingForFewerEpochsThanAreDone_isRefused() throws IOException {
    saveEpoch(3);

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> open(parent + "/run", "training.resume=true").resumeFrom(SETTINGS, 2))
        .withMessage(
            "Cannot resume the training for 2 epochs in all: its newest checkpoint is of epoch 3 (give --epochs 3 or more, or start anew with another --output)")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void checkpointWithoutSettings_isSteppedOver() throws IOException {
    saveEpoch(1);
    saveEpoch(2);
    Path manifest = parent.resolve("run/checkpoints/epoch-000002/checkpoint.json");
    Files.writeString(
        manifest,
        Files.readString(manifest).replaceFirst("(?s)\"settings\".*", "\"settings\":null}"));
    Files.delete(manifest.resolveSibling(".checkpoint.json.crc"));

    assertThat(open(parent + "/run", "training.resume=true").resumeFrom(SETTINGS, 5))
        .map(Checkpoint::epoch)
        .contains(1);
  }

  @Test
  void startingAnew_deletesTheCheckpoints_andNothingElse() throws IOException {
    saveEpoch(1);
    Files.writeString(parent.resolve("run/checkpoints/notes.txt"), "of another program");

    assertThat(open(parent + "/run", "output.overwrite=true").resumeFrom(SETTINGS, 5)).isEmpty();

    assertThat(parent.resolve("run/checkpoints").toFile().list()).containsExactly("notes.txt");
  }

  @Test
  void leftoversOfAKilledRun_areDeleted() throws IOException {
    Files.createDirectories(parent.resolve("run/.model.convoy-tmp-1/sub"));
    Files.writeString(parent.resolve("run/.metrics.jsonl.convoy-tmp-2"), "{}");

    open(parent + "/run");

    assertThat(parent.resolve("run")).isEmptyDirectory();
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

    assertThat(open(parent + "/run", "training.resume=true").resumeFrom(SETTINGS, 5))
        .map(Checkpoint::epoch)
        .contains(1);
  }

  @Test
  void metricsWhoseChecksumFileIsStale_areReadAllTheSame() throws IOException {
    TrainingOutput output = open(parent + "/run");
    MetricsLog written = output.metrics(0);
    written.add(Map.of("epoch", 1));
    written.flush();
    Path file = parent.resolve("run/metrics.jsonl");
    Files.writeString(file, "{\"epoch\":1,\"note\":\"by hand\"}\n{\"epoch\":2,\"cut");

    output.metrics(1).flush();

    assertThat(file).hasContent("{\"epoch\":1,\"note\":\"by hand\"}\n");
  }

  @Test
  void outputOnNoFileSystem_isRefused() {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> open("foo://host/run"))
        .withMessageStartingWith("Cannot reach foo://host/run: ")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }
}
