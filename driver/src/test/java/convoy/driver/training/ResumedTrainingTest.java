package convoy.driver.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.driver.LocalSpark;
import convoy.driver.data.ImageSetFiles;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Trains anew from what a training run that was killed after some round has left on the disk. */
class ResumedTrainingTest {
  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withOneSlot();
  @TempDir Path directory;
  private TrainingFixture trainings;

  /**
   * Two replicas of 27 and 26 images: 6 steps of 5, hence 3 rounds an epoch, the last with tails.
   */
  @BeforeEach
  void writeData() throws IOException {
    trainings =
        TrainingFixture.of(
            SPARK,
            directory,
            ImageSetFiles.write(directory.resolve("data"), 53, 21),
            "network.name=resnet-8",
            "training.batch-size=5",
            "training.local-steps=2",
            "training.epochs=2",
            "schedule.kind=one-cycle",
            // Every round is later than this.
            "checkpoint.every-minutes=1e-9",
            "checkpoint.keep=100");
  }

  /** The metrics without the times, which no two runs have in common. */
  private List<ObjectNode> metrics(String output) throws IOException {
    return trainings.metrics(output).stream()
        .map(
            object ->
                ((ObjectNode) object)
                    .remove(
                        List.of(
                            "imagesPerSecond",
                            "broadcastSeconds",
                            "computeSeconds",
                            "gatherSeconds",
                            "averageSeconds",
                            "evaluateSeconds",
                            "replicaSeconds",
                            "time")))
        .toList();
  }

  private List<String> checkpoints(String output) throws IOException {
    try (Stream<Path> names = Files.list(directory.resolve(output).resolve("checkpoints"))) {
      return names.map(Path::getFileName).map(Path::toString).sorted().toList();
    }
  }

  /** What {@code whole} had in its output when that checkpoint was its newest. */
  private void leave(String checkpoint, String output) throws IOException {
    Path whole = directory.resolve("whole");
    Path left = directory.resolve(output).resolve("checkpoints").resolve(checkpoint);
    Files.createDirectories(left);
    try (Stream<Path> files = Files.list(whole.resolve("checkpoints").resolve(checkpoint))) {
      for (Path file : files.toList()) {
        Files.copy(file, left.resolve(file.getFileName()));
      }
    }
    Files.copy(whole.resolve("metrics.jsonl"), directory.resolve(output).resolve("metrics.jsonl"));
  }

  @Test
  void trainingStoppedAfterAnyRound_resumesToTheSameBitsAndTheSameMetrics() throws IOException {
    TrainingResult whole = trainings.train("whole");
    assertThat(checkpoints("whole"))
        .containsExactly(
            "epoch-000001-round-0001",
            "epoch-000001-round-0002",
            "epoch-000001-round-0003",
            "epoch-000002-round-0001",
            "epoch-000002-round-0002",
            "epoch-000002-round-0003");

    for (String checkpoint : checkpoints("whole")) {
      leave(checkpoint, checkpoint);

      TrainingResult resumed = trainings.train(checkpoint, "training.resume=true");

      assertThat(resumed.parametersSha256()).as(checkpoint).isEqualTo(whole.parametersSha256());
      assertThat(resumed.testAccuracy()).as(checkpoint).isEqualTo(whole.testAccuracy());
      assertThat(metrics(checkpoint)).as(checkpoint).isEqualTo(metrics("whole"));
      assertThat(checkpoints(checkpoint))
          .containsExactlyElementsOf(
              checkpoints("whole").stream()
                  .filter(name -> name.compareTo(checkpoint) >= 0)
                  .toList());
    }
  }

  @Test
  void finishedTraining_resumed_givesItsResultAgain_andTouchesNothing() throws IOException {
    TrainingResult finished = trainings.train("out", "training.epochs=1");
    Path model = directory.resolve("out/model/model.json");
    byte[] description = Files.readAllBytes(model);
    assertThat(directory.resolve("out/.claim")).doesNotExist();

    assertThat(trainings.train("out", "training.epochs=1", "training.resume=true"))
        .isEqualTo(finished);

    assertThat(Files.readAllBytes(model)).isEqualTo(description);
    assertThat(directory.resolve("out/.claim")).doesNotExist();
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(
            () ->
                trainings.train(
                    "out", "training.epochs=1", "training.resume=true", "training.seed=2"))
        .withMessageContaining("training.seed was 1 and is now 2");
  }

  @Test
  void trainingWithChangedSettings_goesOnIfTold_andMoreEpochsChangeASchedule() throws IOException {
    trainings.train("whole", "training.epochs=1");
    leave("epoch-000001-round-0002", "out");
    String[] more = {"training.resume=true", "training.epochs=2", "training.replicas=3"};

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> trainings.train("out", more))
        .withMessageContaining("training.epochs was 1 and is now 2")
        .withMessageContaining("training.replicas was 2 and is now 3");
    trainings.train(
        "out",
        Stream.concat(Stream.of(more), Stream.of("training.resume-changed=true"))
            .toArray(String[]::new));

    // Shards of 18, 18 and 17 images: 4 steps, 2 rounds.
    assertThat(metrics("out"))
        .extracting(object -> object.get("kind").asText() + object.get("epoch"))
        .containsExactly("round1", "round1", "epoch1", "round2", "round2", "epoch2");
    assertThat(metrics("out").get(2).get("trainLoss").asDouble()).isBetween(0.5, 10.0);
  }

  @Test
  void publishedModel_thatIsNotThisTrainings_isRefused() throws IOException {
    String[] once = {"training.epochs=1", "training.resume=true"};
    trainings.train("out", "training.epochs=1");
    refused(
        "2 epochs: its model is published, and its newest checkpoint has 1 done",
        "training.epochs=2",
        "training.resume=true",
        "training.resume-changed=true");
    refused(
        "it was tested with another evaluation.test-time-flip",
        once[0],
        once[1],
        "evaluation.test-time-flip=true");
    refused(
        "the model is of other settings",
        once[0],
        once[1],
        "training.seed=2",
        "training.resume-changed=true");

    // As a training run leaves it that was to replace the model, and was killed before it did.
    Files.move(directory.resolve("out/model"), directory.resolve("older"));
    trainings.train("out", "training.epochs=1", "training.seed=2", "output.overwrite=true");
    trainings.deleteModel("out");
    Files.move(directory.resolve("older"), directory.resolve("out/model"));
    refused("the model is of other settings", once[0], once[1], "training.seed=2");

    FileUtil.fullyDelete(directory.resolve("out/checkpoints").toFile());
    refused("there is no checkpoint", once);
  }

  @Test
  void sameRecordsWithClassesInAnotherOrder_areRefused() throws IOException {
    trainings.train("out", "training.epochs=1");
    Files.writeString(directory.resolve("data/batches.meta.txt"), "a\nb\nd\nc\ne\nf\ng\nh\ni\nj\n");

    for (String changed :
        List.of("training.resume-changed=false", "training.resume-changed=true")) {
      assertThatExceptionOfType(UserException.class)
          .isThrownBy(
              () -> trainings.train("out", "training.epochs=1", "training.resume=true", changed))
          .withMessage(
              "Cannot resume the training run: label 2 of the image set was \"c\" and is now \"d\" (give the old value, or start again with another --output)")
          .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
    }
  }

  private void refused(String reason, String... more) {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> trainings.train("out", more))
        .withMessageStartingWith("Cannot resume the training run for ")
        .withMessageContaining(reason)
        .withMessageEndingWith(
            " (give --overwrite with --resume to continue and replace the model, or choose another --output)")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }
}
