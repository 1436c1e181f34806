package convoy.driver.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.worker.evaluation.ConfusionMatrix;
import convoy.worker.image.minibatch.RandomImages;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.model.InferenceModel;
import convoy.worker.model.ModelDescription;
import convoy.worker.network.NetworkSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelDirectoryTest {
  private static final List<String> LABELS =
      List.of("cat", "a,b", "c", "d", "e", "f", "g", "h", "i", "j");

  @TempDir Path parent;
  private Path directory;
  private InferenceModel model;

  @BeforeEach
  void publish() throws IOException {
    directory = parent.resolve("model");
    NetworkSpec network = new NetworkSpec("cifar10-quick", CifarRecord.SHAPE, 10);
    float[] parameters = new float[145_578];
    Random random = new Random(1);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = random.nextFloat() - 0.5f;
    }
    model = new InferenceModel(network, LABELS, RandomImages.preprocessing(), parameters);
    ConfusionMatrix test = new ConfusionMatrix(10);
    test.count(0, 0);
    test.count(0, 1);
    open()
        .publish(
            model,
            ModelDescription.of(
                model,
                new ModelDescription.TestResult(2, 1, 0.5, 0.7, 0.5, 0.5, true),
                new ModelDescription.Provenance(
                    "2026-01-01T00:00:00Z",
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    "hdfs://x/d",
                    "ab",
                    1,
                    3)),
            test,
            Map.of(),
            false);
  }

  private ModelDirectory open() {
    return new ModelDirectory(
        new Configuration(), new org.apache.hadoop.fs.Path(directory.toString()));
  }

  private void assertDamaged(String... parts) {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> open().load())
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .satisfies(e -> assertThat(e).hasMessageContainingAll(parts))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  private void edit(String from, String to) throws IOException {
    Path json = directory.resolve("model.json");
    String text = Files.readString(json);
    assertThat(text).contains(from);
    Files.writeString(json, text.replace(from, to));
    Files.deleteIfExists(directory.resolve(".model.json.crc"));
  }

  @Test
  void load_givesBackWhatWasPublished() {
    InferenceModel loaded = open().load();

    assertThat(loaded.parameters()).isEqualTo(model.parameters());
    assertThat(loaded.network()).isEqualTo(model.network());
    assertThat(loaded.labels()).isEqualTo(LABELS);
    assertThat(loaded.preprocessing().normalization().table())
        .isEqualTo(model.preprocessing().normalization().table());
  }

  @Test
  void directory_holdsTheDocumentedFiles() {
    assertThat(directory.resolve("parameters.f32")).hasSize(4L * 145_578);
    assertThat(directory.resolve("dl4j-model.zip")).isNotEmptyFile();
    assertThat(directory.resolve("classes.csv"))
        .content()
        .startsWith(
            "label,images,correct,recall,precision\ncat,2,1,0.5000,1.0000\n\"a,b\",0,0,,0.0000");
  }

  @Test
  void truncatedOrFlippedParameters_areNeverLoaded() throws IOException {
    Path file = directory.resolve("parameters.f32");
    byte[] bytes = Files.readAllBytes(file);
    Files.deleteIfExists(directory.resolve(".parameters.f32.crc"));
    Random random = new Random(7);
    for (int i = 0; i < 20; i++) {
      byte[] damaged = i % 2 == 0 ? Arrays.copyOf(bytes, bytes.length * i / 20) : bytes.clone();
      if (i % 2 == 1) {
        damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file, damaged);
      assertDamaged("Cannot load the model at", "SHA-256 of parameters.f32 is");
    }
  }

  @Test
  void truncatedDescription_isNeverLoaded() throws IOException {
    Path file = directory.resolve("model.json");
    byte[] bytes = Files.readAllBytes(file);
    Files.deleteIfExists(directory.resolve(".model.json.crc"));
    for (int percent = 0; percent < 100; percent += 5) {
      Files.write(file, Arrays.copyOf(bytes, bytes.length * percent / 100));
      assertDamaged("Cannot load the model at", "model.json");
    }
  }

  @Test
  void descriptionOfAnotherNetwork_isRefused() throws IOException {
    edit("cifar10-quick", "resnet-20");
    assertDamaged("its parts do not fit together", "145578", "resnet-20");
  }

  @Test
  void descriptionOfAnotherFormat_isRefused() throws IOException {
    edit("\"formatVersion\" : 1", "\"formatVersion\" : 2");
    assertDamaged("its format version is 2, and this Convoy reads 1");
  }

  @Test
  void otherNumberOfParametersThanDescribed_isRefused() throws IOException {
    edit("\"parameterCount\" : 145578", "\"parameterCount\" : 145577");
    assertDamaged("parameters.f32 has 582312 bytes, and model.json says 145577 values of 4 bytes");
  }

  @Test
  void modelOnNoFileSystem_isRefused() {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(
            () ->
                new ModelDirectory(
                        new Configuration(), new org.apache.hadoop.fs.Path("foo://host/model"))
                    .load())
        .withMessageStartingWith("Cannot reach foo://host/model/model.json: ")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }

  @Test
  void descriptionThatSaysNothingOfTestTimeFlip_wasMeasuredWithout() throws IOException {
    assertThat(open().describe().test().testTimeFlip()).isTrue();
    edit("\"testTimeFlip\"", "\"somethingElse\"");
    assertThat(open().describe().test().testTimeFlip()).isFalse();
  }

  @Test
  void missingLabels_areRefused() throws IOException {
    edit("\"labels\" :", "\"names\" :");
    assertDamaged("its parts do not fit together");
  }

  @Test
  void modelThatAppearedMeanwhile_isKept() throws IOException {
    edit("\"seed\" : 1", "\"seed\" : 2");

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(this::publish)
        .withMessage(
            "Cannot publish the model at %s: another training run has published one there in the meantime (give each training run its own output)",
            directory)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));

    assertThat(open().describe().provenance().seed()).isEqualTo(2);
  }

  @Test
  void labelThatIsNull_isRefused() throws IOException {
    edit("\"cat\"", "null");
    assertDamaged("its parts do not fit together", "a label is null");
  }

  @Test
  void classNameInTheDescription_isOnlyText() throws IOException {
    edit("\"format\" :", "\"@class\" : \"javax.script.ScriptEngineManager\", \"format\" :");
    assertThat(open().load().parameters()).isEqualTo(model.parameters());
  }

  @Test
  void missingModel_isSaidWithTheRemedy() throws IOException {
    directory = parent.resolve("nowhere");
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> open().load())
        .withMessage(
            "Cannot load a model from %s: there is no model.json in it (name the model directory that a training run published, usually OUTPUT/model)",
            directory);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"formatVersion\" : 1 | \"formatVersion\" : 1.7 | model.json cannot be read: its formatVersion is 1.7, which is not a whole number",
        "\"formatVersion\" : 1 | \"formatVersion\" : \"1\" | model.json cannot be read: its formatVersion is missing or not a number",
        "\"margin\" : 0 | \"margin\" : 0.5 | model.json cannot be read: its margin is 0.5, which is not a whole number",
        "\"margin\" : 0 | \"margin\" : 2000000000 | its parts do not fit together: Cannot",
        "\"height\" : 32 | \"height\" : 50000000000 | model.json cannot be read: Numeric value (50000000000) out of range of int",
        "\"height\" : 32 | \"height\" : 50000000 | model.json cannot be read: Cannot describe an image of 3 x 50000000 x 32: it may have at most 2147483647 values",
        "\"width\" : 32 | \"width\" : null | model.json cannot be read: its inputShape.width is missing or not a number",
        "\"fit\" : \"STRETCH\" | \"fit\" : 1 | model.json cannot be read: Cannot deserialize value of type `convoy.worker.image.Fit` from number 1",
        "\"a,b\" | \"cat\" | model.json names the class \"cat\" twice"
      })
  void descriptionThatSaysWhatCannotBe_isRefused(String from, String to, String reason)
      throws IOException {
    edit(from, to);
    assertDamaged("Cannot load the model at", reason);
  }
}
