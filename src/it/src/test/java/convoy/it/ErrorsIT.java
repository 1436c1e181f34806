package convoy.it;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.worker.image.shard.CifarRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user's mistake looks like at the terminal: one line each, and the exit code. */
final class ErrorsIT {
  private static final int RECORDS = 40;
  private static final String CLASS_NAMES = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n";

  @TempDir Path directory;

  @Test
  void mistakesInTheCommand_areAllToldAtOnce() throws Exception {
    Outcome outcome =
        Checkout.convoyAlone(
            "errors-command",
            "train",
            "--data=file:/data/cifar-10",
            "--network=resnet-21",
            "--set=training.epoch=9");

    assertThat(outcome.exitCode()).as(outcome::text).isEqualTo(2);
    assertThat(outcome.complaints())
        .containsExactlyInAnyOrder(
            "Cannot use training.epoch = 9 from --set: there is no such key (did you mean training.epochs?)",
            "Cannot go on without output.path: it was not given (add --output URI)",
            "Cannot use network.name = resnet-21 from --network: the depth must be 6n+2 from 8 to 1202, or 18, 34, 50, 101 or 152 (give the name of a network)");
    assertNothingElse(outcome);
  }

  @Test
  void labelThatIsNone_isToldWithItsFileAndByte() throws Exception {
    byte[] records = records();
    records[7 * CifarRecord.BYTES] = 12;
    writeSet(records);

    Outcome outcome =
        Checkout.convoyAlone(
            "errors-label",
            "train",
            "--data=" + directory.toUri(),
            "--output=" + directory.resolve("run").toUri());

    assertThat(outcome.exitCode()).as(outcome::text).isEqualTo(3);
    assertThat(outcome.complaints())
        .containsExactly(
            "Cannot read the image set: file:%s/data_batch_1.bin: the label at byte 21511 is 12; expected 0 to 9 (import the data set again)"
                .formatted(directory));
    assertNothingElse(outcome);
    assertThat(directory.resolve("run/model")).doesNotExist();
  }

  @Test
  void outputThatExists_isRefusedBeforeTheDataIsRead() throws Exception {
    byte[] unfit = records();
    unfit[0] = 12;
    writeSet(unfit);
    Files.createDirectories(directory.resolve("run/model"));

    Outcome outcome =
        Checkout.convoyAlone(
            "errors-output",
            "train",
            "--data=" + directory.toUri(),
            "--output=" + directory.resolve("run").toUri());

    assertThat(outcome.exitCode()).as(outcome::text).isEqualTo(3);
    assertThat(outcome.complaints())
        .containsExactly(
            "Cannot write the model to file:%s/run/model: it exists already (choose another place, or say --overwrite)"
                .formatted(directory));
    assertNothingElse(outcome);
  }

  @Test
  void lossThatIsNoNumber_isExitCode4() throws Exception {
    writeSet(records());

    Outcome outcome =
        Checkout.convoyAlone(
            "errors-diverged",
            "train",
            "--data=" + directory.toUri(),
            "--output=" + directory.resolve("run").toUri(),
            "--network=cifar10-quick",
            "--epochs=1",
            "--batch-size=8",
            "--set=optimizer.kind=sgd",
            "--set=optimizer.sgd.learning-rate=10");

    assertThat(outcome.exitCode()).as(outcome::text).isEqualTo(4);
    assertThat(outcome.complaints())
        .containsExactly(
            "Cannot go on training: the test loss of epoch 1 is NaN (lower the learning rate, or let it rise: schedule.warm-up)");
    assertNothingElse(outcome);
    assertThat(directory.resolve("run/model")).doesNotExist();
  }

  @Test
  void signal_isToldInOneLine() throws Exception {
    writeSet(records());
    List<String> command =
        List.of(
            "train",
            "--data=" + directory.toUri(),
            "--output=" + directory.resolve("run").toUri(),
            "--network=cifar10-quick",
            "--epochs=100000",
            "--set=training.stuck-epochs=0");

    // In executor processes, of which Spark says most when it loses them.
    try (Program training =
        Program.start(
            Checkout.script("convoy", Map.of(), command), Checkout.output("errors-signal"))) {
      training.awaitError("epoch 3 ");
      Outcome outcome = training.terminate();

      assertThat(outcome.exitCode()).as(outcome::text).isEqualTo(143);
      assertThat(outcome.err())
          .filteredOn(line -> !line.contains(" INFO "))
          .as(outcome::text)
          .singleElement()
          .asString()
          .contains("Ended before the command was done");
      assertThat(outcome.complaints()).isEmpty();
      assertNothingElse(outcome);
    }
  }

  @Test
  void optionOfTheLauncherWithoutValue_isExitCode2() throws Exception {
    Outcome outcome = Checkout.convoyAlone("errors-launcher", "train", "--conf");

    assertThat(outcome.exitCode()).as(outcome::text).isEqualTo(2);
    assertThat(outcome.complaints())
        .containsExactly("Cannot read the option --conf: its value is missing");
    assertNothingElse(outcome);
  }

  private static void assertNothingElse(Outcome outcome) {
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.hasStackTrace()).as(outcome::text).isFalse();
  }

  /** Random images, with labels in turn. */
  private static byte[] records() {
    byte[] records = new byte[RECORDS * CifarRecord.BYTES];
    new Random(1).nextBytes(records);
    for (int i = 0; i < RECORDS; i++) {
      records[i * CifarRecord.BYTES] = (byte) (i % CifarRecord.CLASSES);
    }
    return records;
  }

  private void writeSet(byte[] training) throws IOException {
    Files.write(directory.resolve("data_batch_1.bin"), training);
    Files.write(directory.resolve("test_batch.bin"), records());
    Files.writeString(directory.resolve("batches.meta.txt"), CLASS_NAMES);
  }
}
