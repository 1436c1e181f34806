package convoy.driver.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import convoy.driver.LocalSpark;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.data.ImageSetFiles;
import convoy.driver.data.ImageSources;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.store.ModelDirectory;
import convoy.driver.training.TrainingFixture;
import convoy.driver.training.TrainingResult;
import convoy.worker.engine.InferenceNetwork;
import convoy.worker.engine.catalog.Engines;
import convoy.worker.image.minibatch.MinibatchAssembler;
import convoy.worker.image.minibatch.RandomImages;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.image.shard.PackedImages;
import convoy.worker.model.InferenceModel;
import convoy.worker.model.ModelDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EvaluationJobTest {
  @RegisterExtension static final LocalSpark SPARK = LocalSpark.withTwoSlots();
  @TempDir Path directory;

  private static EvaluationSummary evaluate(String model, Path data, String... settings) {
    ConvoyConfig config = SPARK.config(settings);
    return new EvaluationJob(SPARK.context(), config.engine(), config.evaluation().spec())
        .run(
            model,
            ImageSources.open(new Configuration(), data.toString()),
            config.evaluation().split());
  }

  private TrainingResult train(Path data, String... more) throws IOException {
    return TrainingFixture.of(
            SPARK, directory, data, "network.name=cifar10-quick", "training.epochs=1")
        .train("run", more);
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
        .withMessageContaining("its label 9 is \"other\" and the model's is \"j\"")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }

  /** The mean over the images of -log((p + q) / 2): p of the image, q of its mirror image. */
  private static double lossOfMeans(InferenceModel model, PackedImages images) {
    byte[] mirrored = new byte[images.pixels().length];
    for (int i = 0; i < mirrored.length; i++) {
      mirrored[i] = images.pixels()[i - i % 32 + 31 - i % 32];
    }
    float[] p = probabilities(model, images);
    float[] q = probabilities(model, new PackedImages(images.shape(), mirrored, images.labels()));
    double sum = 0;
    for (int i = 0; i < images.count(); i++) {
      int at = i * 10 + images.label(i);
      sum -= Math.log(((double) p[at] + q[at]) / 2);
    }
    return sum / images.count();
  }

  private static float[] probabilities(InferenceModel model, ImageShard images) {
    try (InferenceNetwork network =
        Engines.named("dl4j").openInference(model.network(), model.parameters(), images.count())) {
      return network.predict(
          new MinibatchAssembler(images, model.preprocessing(), images.count())
              .assemble(0, images.count()));
    }
  }

  @Test
  void testTimeFlip_takesTheMeanOfBothProbabilities_andIsToldInEveryResult() throws IOException {
    Path data = ImageSetFiles.write(directory.resolve("data"), 40, 53);
    TrainingResult training =
        // A larger rate makes some probabilities so small that the loss is bounded.
        train(data, "evaluation.test-time-flip=true", "optimizer.adam.learning-rate=1e-5");
    ModelDirectory directoryOfModel =
        new ModelDirectory(
            SPARK.context().hadoopConfiguration(),
            new org.apache.hadoop.fs.Path(training.modelUri()));
    double expected = lossOfMeans(directoryOfModel.load(), RandomImages.shard(3, 53));

    EvaluationSummary with = evaluate(training.modelUri(), data, "evaluation.test-time-flip=true");
    EvaluationSummary without = evaluate(training.modelUri(), data);

    assertThat(with.evaluation().meanLoss()).isCloseTo(expected, within(1e-5));
    assertThat(Math.abs(without.evaluation().meanLoss() - expected)).isGreaterThan(1e-4);
    assertThat(with.text().lines().findFirst().orElseThrow()).endsWith(", with test-time flip");
    assertThat(without.text()).doesNotContain("flip");
    ModelDescription.TestResult test = directoryOfModel.describe().test();
    assertThat(test.testTimeFlip()).isTrue();
    assertThat(test.loss()).isCloseTo(expected, within(1e-5));
    assertThat(directory.resolve("run/metrics.jsonl"))
        .content()
        .containsPattern("\"kind\":\"epoch\".*\"testTimeFlip\":true");
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
