package convoy.driver.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.driver.LocalSpark;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.data.SplitSets;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.worker.image.ImageShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Training runs on image sets with validation images, of shapes and classes unlike CIFAR-10's. */
class ValidatedTrainingTest {
  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withOneSlot();
  private static final ImageShape SHAPE = new ImageShape(1, 12, 16);
  private static final String[] COMMON = {
    "network.name=cifar10-quick",
    "training.batch-size=8",
    "training.local-steps=2",
    "training.stuck-epochs=0",
    "augmentation.crop-padding=0"
  };

  @TempDir Path directory;
  private TrainingFixture trainings;

  @BeforeEach
  void writeData() throws IOException {
    trainings = trainings("data", 3, 24);
  }

  private TrainingFixture trainings(String data, int classes, int validation) throws IOException {
    return TrainingFixture.of(
        SPARK,
        directory,
        SplitSets.write(directory.resolve(data), SHAPE, classes, 31, validation, 17),
        COMMON);
  }

  private List<JsonNode> epochs(String output) throws IOException {
    return trainings.metrics(output).stream()
        .filter(object -> object.get("kind").asText().equals("epoch"))
        .toList();
  }

  /** The earliest epoch of the highest validation accuracy, by the metrics. */
  private int bestEpoch(String output) throws IOException {
    return epochs(output).stream()
        .max(
            Comparator.comparingLong((JsonNode epoch) -> epoch.get("validationCorrect").asLong())
                .thenComparingInt(epoch -> -epoch.get("epoch").asInt()))
        .orElseThrow()
        .get("epoch")
        .asInt();
  }

  @Test
  void epochs_areMeasuredOnTheValidationImages_andTheTestImagesOnceAtTheEnd() throws IOException {
    TrainingResult result = trainings.train("out", "training.epochs=2");

    List<JsonNode> metrics = trainings.metrics("out");
    assertThat(metrics)
        .extracting(object -> object.get("kind").asText())
        .containsExactly("round", "epoch", "round", "epoch", "test");
    for (JsonNode epoch : epochs("out")) {
      assertThat(epoch.get("validationCount").asInt()).isEqualTo(24);
      assertThat(epoch.get("validationLoss").asDouble()).isPositive();
      assertThat(epoch.has("testAccuracy")).isFalse();
    }
    JsonNode test = metrics.get(4);
    assertThat(test.get("epoch").asInt()).isEqualTo(2);
    assertThat(test.get("testCount").asInt()).isEqualTo(17);
    assertThat(result.testAccuracy())
        .isEqualTo(test.get("testCorrect").asInt() / 17.0)
        .isEqualTo(test.get("testAccuracy").asDouble());
    assertThat(result.validationAccuracy())
        .hasValue(epochs("out").get(1).get("validationAccuracy").asDouble());
    JsonNode model =
        new ObjectMapper().readTree(directory.resolve("out/model/model.json").toFile());
    assertThat(model.at("/test/macroRecall").asDouble())
        .isEqualTo(test.get("testMacroRecall").asDouble());
    assertThat(model.at("/test/macroF1").asDouble()).isEqualTo(test.get("testMacroF1").asDouble());
  }

  @Test
  void validationImages_changeNoBitOfWhatIsLearnt() throws IOException {
    trainings.train("with", "training.epochs=1");
    TrainingFixture without = trainings("data-without", 3, 0);

    without.train("without", "training.epochs=1");

    assertThat(without.parameters("without")).isEqualTo(trainings.parameters("with"));
    assertThat(without.metrics("without"))
        .extracting(object -> object.get("kind").asText())
        .containsExactly("round", "epoch");
  }

  @Test
  void bestEpoch_isPublished_asARunOfThatLengthPublishesItsLast() throws IOException {
    String learning = "optimizer.adam.learning-rate=0.003";
    TrainingResult best =
        trainings.train("best", "training.epochs=5", "training.keep=best", learning);

    int epoch = bestEpoch("best");
    assertThat(best.publishedEpoch()).isEqualTo(epoch);
    assertThat(best.epochs()).isEqualTo(5);
    trainings.train("last", "training.epochs=" + epoch, learning);
    assertThat(trainings.parameters("best")).isEqualTo(trainings.parameters("last"));
  }

  @Test
  void bestEpoch_outlivesARunThatIsStopped_andThatResumes() throws IOException {
    String[] settings = {"training.keep=best", "training.epochs=4"};
    TrainingResult whole = trainings.train("whole", settings);
    trainings.train("parts", settings[0], "training.epochs=2");
    trainings.deleteModel("parts");

    TrainingResult resumed =
        trainings.train("parts", settings[0], settings[1], "training.resume=true");

    assertThat(trainings.parameters("parts")).isEqualTo(trainings.parameters("whole"));
    assertThat(resumed.publishedEpoch()).isEqualTo(whole.publishedEpoch());
    // Stopped after its last checkpoint and before the model was there.
    trainings.deleteModel("parts");
    assertThat(
            trainings
                .train("parts", settings[0], settings[1], "training.resume=true")
                .parametersSha256())
        .isEqualTo(whole.parametersSha256());
    assertThat(trainings.metrics("parts"))
        .extracting(object -> object.get("kind").asText())
        .containsOnlyOnce("test");
  }

  @Test
  void patience_endsTheRun_soManyEpochsAfterTheBest_andItIsFinishedThen() throws IOException {
    // A step size that changes nothing: the first epoch stays the best.
    String[] settings = {
      "training.epochs=9", "training.patience=2", "optimizer.adam.learning-rate=1e-9"
    };
    TrainingResult stopped = trainings.train("out", settings);

    assertThat(stopped.epochs()).isEqualTo(3);
    assertThat(epochs("out")).hasSize(3);
    assertThat(directory.resolve("out/checkpoints/epoch-000003-round-0001")).exists();
    assertThat(
            trainings.train("out", settings[0], settings[1], settings[2], "training.resume=true"))
        .isEqualTo(stopped);
  }

  @Test
  void choosingWithoutValidationImages_isRefusedBeforeAnyWork() throws IOException {
    TrainingFixture without = trainings("data-without", 3, 0);

    refused(
        without,
        "Cannot train with training.patience = 3 on file:%s/data-without: it has no validation images, and test images must not choose the model (import it again with --validation-share)",
        "training.patience=3");
    refused(
        without,
        "Cannot train with training.keep = best on file:%s/data-without: it has no validation images, and test images must not choose the model (import it again with --validation-share)",
        "training.keep=best");
  }

  @Test
  void networkForLargerImages_isRefusedBeforeAnyWork_withItsNameAndTheirShape() {
    refused(
        trainings,
        "Cannot build vgg-16 for images of 1x8x12: both sides must have at least 32 pixels (use larger images)",
        "network.name=vgg-16");
  }

  private void refused(TrainingFixture runs, String message, String... settings) {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> runs.train("refused", settings))
        .withMessage(message.formatted(directory))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
    assertThat(directory.resolve("refused")).doesNotExist();
  }

  @Test
  void balancedClasses_weighEachImageByTheImagesOfItsClass() throws IOException {
    // 31 images of 3 classes: 11, 10 and 10.
    ConvoyConfig config = trainings.config("out", "training.class-weights=balanced");

    assertThat(trainings.task(config).training().classWeights())
        .usingComparatorForType(
            (a, b) -> Math.abs(a - b) < 1e-12 ? 0 : Double.compare(a, b), Double.class)
        .containsExactly(31 / 33.0, 31 / 30.0, 31 / 30.0);
    trainings.train("balanced", "training.class-weights=balanced", "training.epochs=1");
    trainings.train("alike", "training.epochs=1");
    assertThat(trainings.parameters("balanced")).isNotEqualTo(trainings.parameters("alike"));
  }
}
