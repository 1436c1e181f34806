package convoy.driver.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import convoy.driver.LocalSpark;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.worker.model.FloatVector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Training runs that can come to nothing end by themselves, and leave what was good. */
class TrainingStopsTest {
  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withOneSlot();
  @TempDir Path directory;
  private TrainingFixture trainings;

  @BeforeEach
  void writeData() throws IOException {
    trainings = TrainingFixture.small(SPARK, directory);
  }

  @Test
  void divergingTraining_stopsWithItsOwnExitCode_andSaysWhere() {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(
            () ->
                trainings.train(
                    "out",
                    "training.replicas=3",
                    "optimizer.kind=sgd",
                    "optimizer.sgd.learning-rate=10",
                    "optimizer.sgd.momentum=0.999",
                    "optimizer.sgd.weight-decay=1",
                    "training.stuck-epochs=0",
                    "training.epochs=20"))
        .withMessageMatching(
            "Cannot go on training: replica [0-2]'s (loss is (NaN|Infinity) at|parameters are not all finite after) step [12] of epoch [0-9]+ round [12], first in layer [a-z0-9-]+ \\(lower the learning rate, .*")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DIVERGED));
  }

  @Test
  void trainingThatDivergesInTheLastStepOfAnEpoch_leavesNoSuchCheckpointNorMetrics()
      throws IOException {
    // One step an epoch: the loss of a step, taken before it, shows nothing of what it did.
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(
            () ->
                trainings.train(
                    "out",
                    "network.name=cifar10-quick",
                    "training.replicas=1",
                    "training.batch-size=64",
                    "training.stuck-epochs=0",
                    "optimizer.kind=sgd",
                    "optimizer.sgd.learning-rate=10",
                    "optimizer.sgd.momentum=0.999",
                    "training.epochs=40"))
        .withMessageMatching(
            "Cannot go on training: (replica 0's parameters .* step 1 of|the test loss of) epoch [0-9]+ .*")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DIVERGED));

    assertThat(directory.resolve("out/metrics.jsonl")).content().doesNotContainPattern(":\"?NaN");
    assertThat(directory.resolve("out/model")).doesNotExist();
  }

  @Test
  void trainingThatDiverges_keepsTheLastGoodCheckpoint_andTheMetricsUpToTheStop()
      throws IOException {
    UserException stop =
        catchThrowableOfType(
            UserException.class,
            () ->
                trainings.train(
                    "out",
                    "training.local-steps=1",
                    "optimizer.kind=sgd",
                    "optimizer.sgd.learning-rate=10",
                    "optimizer.sgd.momentum=0",
                    "optimizer.sgd.weight-decay=0.5",
                    "training.stuck-epochs=0",
                    "training.epochs=40"));

    Matcher at = Pattern.compile("of epoch ([0-9]+) round ([0-9])").matcher(stop.getMessage());
    assertThat(at.find()).as(stop.getMessage()).isTrue();
    int epoch = Integer.parseInt(at.group(1));
    int round = Integer.parseInt(at.group(2));
    assertThat(epoch).isGreaterThan(1);
    Path checkpoint =
        directory.resolve("out/checkpoints/epoch-%06d-round-0004".formatted(epoch - 1));
    assertThat(FloatVector.fromBytes(Files.readAllBytes(checkpoint.resolve("parameters.f32"))))
        .doesNotContain(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
    // Four rounds and the epoch, for each epoch that was done; then the rounds before the stop.
    assertThat(trainings.metrics("out")).hasSize(5 * (epoch - 1) + round - 1);
    assertThat(directory.resolve("out/model")).doesNotExist();
  }

  @Test
  void trainingThatStaysAtChance_stops_andGoesOnWhenToldTo() throws IOException {
    // A step size that changes nothing.
    String[] idle = {"optimizer.adam.learning-rate=1e-9", "training.stuck-epochs=2"};
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> trainings.train("out", idle))
        .withMessageStartingWith(
            "Cannot go on training: test accuracy was no better than guessing among 10 classes (at most 0.2964) for 2 epochs, the last of them epoch 2 (")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DIVERGED));
    assertThat(directory.resolve("out/model")).doesNotExist();
    assertThat(directory.resolve("out/checkpoints/epoch-000002-round-0002")).exists();
    // A scheduler's second attempt does not make it a success.
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> trainings.train("out", idle[0], idle[1], "training.resume=true"))
        .withMessageContaining("no better than guessing")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DIVERGED));
    assertThat(directory.resolve("out/model")).doesNotExist();

    trainings.train("out", idle[0], "training.stuck-epochs=0", "training.resume=true");

    assertThat(directory.resolve("out/model")).exists();
  }

  @Test
  void trainingWithABadRecord_leavesNoOutput() throws IOException {
    Path records = directory.resolve("data/test_batch.bin");
    byte[] bytes = Files.readAllBytes(records);
    bytes[0] = 77;
    Files.write(records, bytes);

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> trainings.train("runs/out"))
        .withMessageContaining("the label at byte 0 is 77");

    assertThat(directory.resolve("runs")).doesNotExist();
  }
}
