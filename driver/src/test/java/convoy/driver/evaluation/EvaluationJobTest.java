package convoy.driver.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.driver.ExitCode;
import convoy.driver.LocalSpark;
import convoy.driver.UserException;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.data.ImageSetFiles;
import convoy.driver.training.TrainingJob;
import convoy.driver.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EvaluationJobTest {
  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withTwoSlots();
  @TempDir Path directory;

  private static EvaluationSummary evaluate(String model, Path data) {
    return new EvaluationJob(
            SPARK.context(), SPARK.config("prediction.model-path=" + model, "data.path=" + data))
        .run();
  }

  private TrainingResult train(Path data) throws IOException {
    ConvoyConfig config =
        SPARK.config(
            "data.path=" + data,
            "output.path=" + directory.resolve("run"),
            "network.name=cifar10-quick",
            "training.epochs=1");
    return new TrainingJob(SPARK.context(), config).run();
  }

  @Test
  void evaluation_isWhatTheTrainingItselfMeasured_andOtherClassesAreRefused() throws IOException {
    Path data = ImageSetFiles.write(directory.resolve("data"), 40, 53);
    TrainingResult training = train(data);

    EvaluationSummary summary = evaluate(training.modelUri(), data);

    assertThat(summary.evaluation().confusionMatrix().total()).isEqualTo(53);
    assertThat(summary.evaluation().confusionMatrix().accuracy())
        .isEqualTo(training.testAccuracy());
    assertThat(summary.text())
        .startsWith("Accuracy %.4f (".formatted(training.testAccuracy()))
        .contains("of 53 images), mean loss ")
        .contains("confusion matrix");

    Files.writeString(data.resolve("batches.meta.txt"), "a\nb\nc\nd\ne\nf\ng\nh\ni\nother\n");
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> evaluate(training.modelUri(), data))
        .withMessageContaining("its classes are [a, b, c, d, e, f, g, h, i, other]")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }

  @Test
  void modelOrDataOnNoFileSystem_areRefused() throws IOException {
    Path data = ImageSetFiles.write(directory.resolve("data"), 20, 20);

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> evaluate("foo://host/model", data))
        .withMessageStartingWith("Cannot reach foo://host/model/model.json: ")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> evaluate("no:such path", data))
        .withMessageStartingWith("Cannot use \"no:such path\" as a location: ")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }
}
