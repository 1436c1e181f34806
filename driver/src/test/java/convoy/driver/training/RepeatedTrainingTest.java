package convoy.driver.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.driver.LocalSpark;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Training runs into an output that holds an earlier one. */
class RepeatedTrainingTest {
  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withOneSlot();
  @TempDir Path directory;
  private TrainingFixture trainings;

  @BeforeEach
  void writeData() throws IOException {
    trainings = TrainingFixture.small(SPARK, directory);
  }

  @Test
  void resumedTraining_endsWithTheBitsOfAnUninterruptedOne() throws IOException {
    trainings.train("whole", "training.epochs=3");
    trainings.train("parts", "training.epochs=1");
    trainings.deleteModel("parts");

    trainings.train("parts", "training.epochs=3", "training.resume=true");

    assertThat(trainings.parameters("parts")).isEqualTo(trainings.parameters("whole"));
    assertThat(trainings.metrics("parts"))
        .extracting(object -> object.get("epoch").asInt() + object.get("kind").asText())
        .isEqualTo(
            trainings.metrics("whole").stream()
                .map(object -> object.get("epoch").asInt() + object.get("kind").asText())
                .toList());
  }

  @Test
  void damagedCheckpoint_isSteppedOver_andTheResultIsTheSame() throws IOException {
    trainings.train("whole", "training.epochs=3");
    trainings.train("parts", "training.epochs=2");
    trainings.deleteModel("parts");
    Path newest = directory.resolve("parts/checkpoints/epoch-000002-round-0002/parameters.f32");
    byte[] bytes = Files.readAllBytes(newest);
    bytes[1000] ^= 1;
    Files.write(newest, bytes);

    trainings.train("parts", "training.epochs=3", "training.resume=true");

    assertThat(trainings.parameters("parts")).isEqualTo(trainings.parameters("whole"));
  }

  @Test
  void resuming_withOtherSettings_isRefusedWithEachOfThem() throws IOException {
    trainings.train("out", "training.epochs=1");
    trainings.deleteModel("out");

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(
            () ->
                trainings.train(
                    "out",
                    "training.resume=true",
                    "training.batch-size=16",
                    "training.label-smoothing=0.1",
                    "averaging.when=qsr",
                    "training.seed=2"))
        .withMessageContaining("training.batch-size was 8 and is now 16")
        .withMessageContaining("training.label-smoothing was 0.0 and is now 0.1")
        .withMessageContaining("averaging.when was STEPS and is now QSR")
        .withMessageContaining("training.seed was 1 and is now 2")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void finishedTraining_isRefusedBeforeAnyWork_unlessOverwritten() throws IOException {
    trainings.train("out", "training.epochs=1");

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> trainings.train("out", "training.epochs=1"))
        .withMessageContaining("Cannot write the model to file:" + directory + "/out/model");
    trainings.deleteModel("out");
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> trainings.train("out", "training.epochs=1"))
        .withMessageContaining("it holds the checkpoints of an earlier training");
    trainings.train("out", "training.epochs=1", "output.overwrite=true");
  }
}
