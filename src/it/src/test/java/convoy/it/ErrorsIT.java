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
            "Cannot read the image set's file file:%s/data_batch_1.bin: the label at byte 21511 is 12; expected 0 to 9 (import the data set again)"
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
            "Cannot write the model to file:%s/run/model: it exists already (choose another place, or give --overwrite)"
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
            "Cannot go on training: the test loss of epoch 1 is NaN (lower the learning rate, or let it rise slowly with schedule.warm-up)");
    assertNothingElse(outcome);
    assertThat(directory.resolve("run/model")).doesNotExist();
  }

  @Test
  void networkThatTheImagesAreTooSmallFor_isRefusedBeforeTheDataIsRead() throws Exception {
    writeDescribedSet(16);

    Outcome outcome =
        Checkout.convoyAlone(
            "errors-pairing",
            "train",
            "--data=" + directory.toUri(),
            "--output=" + directory.resolve("run").toUri(),
            "--network=googlenet");

    assertThat(outcome.exitCode()).as(outcome::text).isEqualTo(2);
    assertThat(outcome.complaints())
        .containsExactly(
            "Cannot build googlenet for images of 3x16x16: both sides must have at least 32 pixels (use larger images)");
    assertNothingElse(outcome);
    assertThat(directory.resolve("run")).doesNotExist();
  }

  @Test
  void patienceWithoutValidationImages_isRefusedBeforeTheDataIsRead() throws Exception {
    byte[] unfit = records();
    unfit[0] = 12;
    writeSet(unfit);

    Outcome outcome =
        Checkout.convoyAlone(
            "errors-patience",
            "train",
            "--data=" + directory.toUri(),
            "--output=" + directory.resolve("run").toUri(),
            "--set=training.patience=3");

    assertThat(outcome.exitCode()).as(outcome::text).isEqualTo(2);
    assertThat(outcome.complaints())
        .containsExactly(
            "Cannot train with training.patience = 3 on file:%s: it has no validation images, and test images must not choose the model (import it again with --validation-share)"
                .formatted(directory));
    assertNothingElse(outcome);
    assertThat(directory.resolve("run")).doesNotExist();
  }

  @Test
  void classThatASplitLacks_isNamedAndNothingIsWritten() throws Exception {
    Path pictures = directory.resolve("pictures");
    for (String folder : List.of("train/1", "train/猫", "test/1")) {
      Files.createDirectories(pictures.resolve(folder));
      Files.write(
          pictures.resolve(folder).resolve("a.png"), PictureTraining.png(40, 30, new Random(1)));
    }

    Outcome outcome =
        Checkout.convoyAlone(
            "errors-class",
            "data",
            "import",
            "--from=" + pictures.toUri(),
            "--output=" + directory.resolve("set").toUri(),
            "--size=32");

    assertThat(outcome.exitCode()).as(outcome::text).isEqualTo(3);
    assertThat(outcome.complaints())
        .containsExactly(
            "Cannot import %s: class \"猫\" has no test images (add some, take the class out, or choose another share or --seed)"
                .formatted(pictures.toUri()));
    assertNothingElse(outcome);
    assertThat(directory.toFile().list()).containsExactly("pictures");
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
            "--log=rounds",
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
          .contains(
              "Ended before the command was done, as by a signal (give the command again with --resume to continue)");
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

  /** Two black images of two classes, which describe themselves. */
  private void writeDescribedSet(int side) throws IOException {
    byte[] record = new byte[1 + 3 * side * side];
    Files.write(directory.resolve("training.bin"), record);
    Files.write(directory.resolve("test.bin"), record);
    Files.writeString(
        directory.resolve("image-set.json"),
        """
        {
          "format": "convoy-image-set",
          "formatVersion": 1,
          "storedShape": {"channels": 3, "height": %1$d, "width": %1$d},
          "margin": 0,
          "fit": "crop",
          "classNames": ["a", "b"],
          "labelBytes": 1,
          "files": [
            {"name": "training.bin", "split": "training", "images": 1},
            {"name": "test.bin", "split": "test", "images": 1}
          ],
          "imagesPerClass": {"training": [1, 0], "test": [1, 0]},
          "trainingPixels": {"pixelsPerChannel": %2$d, "sums": [0, 0, 0], "squares": [0, 0, 0]},
          "fingerprint": "%3$s"
        }
        """
            .formatted(side, side * side, "0".repeat(64)));
  }
}
