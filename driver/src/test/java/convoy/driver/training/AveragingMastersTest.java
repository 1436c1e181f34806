package convoy.driver.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.driver.LocalSpark;
import convoy.driver.data.ImageSetFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two averaging masters against each other: the same data and seed, the same parameters. */
class AveragingMastersTest {
  @RegisterExtension
  static final LocalSpark SPARK = LocalSpark.withTwoSlots("averaging.master=dl4j-spark");

  @TempDir Path directory;

  private float[] trained(String master, String... more) throws IOException {
    TrainingFixture trainings =
        TrainingFixture.of(
            SPARK,
            directory,
            ImageSetFiles.write(directory.resolve("data"), 60, 10),
            "averaging.master=" + master,
            // The one that dl4j-spark trains with; another's sums are rounded otherwise.
            "engine.name=dl4j",
            // Minibatches of equal size, since dl4j-spark weights all replicas alike.
            "training.batch-size=10",
            "training.local-steps=2",
            "training.epochs=2");
    trainings.train(master, more);
    return trainings.parameters(master);
  }

  @ParameterizedTest
  @CsvSource({"adam, 0, steps", "sgd, 0, epoch", "sgd, 0.2, steps", "adam, 0, post-local"})
  void bothMasters_giveTheSameParameters(String optimizer, double labelSmoothing, String when)
      throws IOException {
    String[] settings = {
      "network.name=cifar10-quick",
      "optimizer.kind=" + optimizer,
      "optimizer.sgd.learning-rate=0.01",
      "training.label-smoothing=" + labelSmoothing,
      "averaging.when=" + when,
      "training.replicas=2"
    };

    float[] convoy = trained("convoy", settings);
    float[] dl4jSpark = trained("dl4j-spark", settings);

    for (int i = 0; i < convoy.length; i++) {
      assertThat(dl4jSpark[i]).isCloseTo(convoy[i], within(1e-5f));
    }
  }

  /**
   * Which masks a network's own dropout draws differs between the masters; without any, nothing
   * does.
   */
  @Test
  void bothMasters_leaveDropoutOut_ifItsShareIsNone() throws IOException {
    String[] settings = {
      "network.name=vgg-11",
      "training.dropout-share=0",
      "training.epochs=1",
      "optimizer.kind=sgd",
      "optimizer.sgd.learning-rate=0.01",
      "training.replicas=2"
    };

    float[] convoy = trained("convoy", settings);
    float[] dl4jSpark = trained("dl4j-spark", settings);

    for (int i = 0; i < convoy.length; i++) {
      assertThat(dl4jSpark[i]).isCloseTo(convoy[i], within(1e-4f));
    }
  }

  @Test
  void bothMasters_startEachRoundWithAnUntouchedAdam_ifItsStateIsReset() throws IOException {
    String[] settings = {
      "network.name=cifar10-quick", "averaging.optimizer-state=reset", "training.replicas=2"
    };

    float[] convoy = trained("convoy", settings);
    float[] dl4jSpark = trained("dl4j-spark", settings);

    for (int i = 0; i < convoy.length; i++) {
      assertThat(dl4jSpark[i]).isCloseTo(convoy[i], within(1e-5f));
    }
  }

  @Test
  void dl4jSpark_tellsItsLoss() throws IOException {
    trained("dl4j-spark", "network.name=resnet-8");

    assertThat(Files.readString(directory.resolve("dl4j-spark/metrics.jsonl")))
        .contains("\"trainAccuracy\":null")
        .doesNotContain("\"trainLoss\":0.0,");
  }
}
