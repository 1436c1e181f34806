package convoy.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import convoy.worker.image.Fit;
import convoy.worker.image.ImageShape;
import convoy.worker.image.Preprocessing;
import convoy.worker.image.minibatch.RandomImages;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.network.NetworkSpec;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelDescriptionTest {
  @Test
  void vector_isLittleEndianFloat32_andComesBackBitForBit() {
    float[] values = {1, -0f, Float.NaN, Float.MIN_VALUE, -Float.MAX_VALUE};

    byte[] bytes = FloatVector.toBytes(values);

    assertThat(bytes).hasSize(20).startsWith(0, 0, 0x80, 0x3f);
    assertThat(FloatVector.fromBytes(bytes)).isEqualTo(values);
  }

  @Test
  void bytesThatAreNoFloats_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FloatVector.fromBytes(new byte[7]))
        .withMessage("Cannot read float32 values from 7 bytes: not a multiple of 4");
  }

  @Test
  void sha256_isTheStandardsTestVector() {
    // FIPS 180-4, the message "abc".
    assertThat(FloatVector.sha256(new byte[] {'a', 'b', 'c'}))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void labelsThatDoNotMatchTheClasses_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new InferenceModel(
                    new NetworkSpec("resnet-20", CifarRecord.SHAPE, 10),
                    List.of("cat", "dog"),
                    RandomImages.preprocessing(),
                    new float[1]))
        .withMessage("Cannot name the 10 classes of resnet-20 with 2 labels");
  }

  @Test
  void description_givesTheModelBack() {
    InferenceModel model =
        new InferenceModel(
            new NetworkSpec("resnet-20", CifarRecord.SHAPE, 3),
            List.of("a", "b", "c"),
            RandomImages.preprocessing(),
            new float[] {1, 2});

    ModelDescription description =
        ModelDescription.of(
            model,
            new ModelDescription.TestResult(4, 2, 0.5, 1, 0.5, 0.5, false),
            new ModelDescription.Provenance(
                "",
                Collections.emptyMap(),
                Collections.emptyMap(),
                Collections.emptyMap(),
                "",
                "",
                1,
                1));
    InferenceModel again = description.withParameters(model.parameters());

    assertThat(description.parameterCount()).isEqualTo(2);
    assertThat(again.network()).isEqualTo(model.network());
    assertThat(again.labels()).isEqualTo(model.labels());
    assertThat(again.preprocessing().normalization().mean())
        .isEqualTo(model.preprocessing().normalization().mean());
    assertThat(again.preprocessing().storedShape()).isEqualTo(CifarRecord.SHAPE);
    assertThat(again.preprocessing().fit()).isEqualTo(Fit.STRETCH);
  }

  @Test
  void marginAndFit_comeBack_andOlderDescriptionsWithoutThemStretchToTheInput() {
    ImageShape stored = new ImageShape(3, 40, 40);
    Preprocessing preprocessing =
        new Preprocessing(stored, 4, Fit.PAD, RandomImages.normalization());
    NetworkSpec network = new NetworkSpec("resnet-20", CifarRecord.SHAPE, 2);
    InferenceModel model =
        new InferenceModel(network, List.of("a", "b"), preprocessing, new float[] {1});

    ModelDescription description = ModelDescription.of(model, null, null);
    ModelDescription older =
        new ModelDescription(
            description.format(),
            description.formatVersion(),
            description.network(),
            description.inputShape(),
            null,
            null,
            description.labels(),
            description.mean(),
            description.standardDeviation(),
            1,
            "",
            null,
            null);

    Preprocessing again = description.withParameters(new float[] {1}).preprocessing();
    assertThat(again.storedShape()).isEqualTo(stored);
    assertThat(again.inputShape()).isEqualTo(CifarRecord.SHAPE);
    assertThat(again.margin()).isEqualTo(4);
    assertThat(again.fit()).isEqualTo(Fit.PAD);
    Preprocessing ofOlder = older.withParameters(new float[] {1}).preprocessing();
    assertThat(ofOlder.storedShape()).isEqualTo(CifarRecord.SHAPE);
    assertThat(ofOlder.margin()).isZero();
    assertThat(ofOlder.fit()).isEqualTo(Fit.STRETCH);
  }

  @Test
  void preprocessingForAnotherInput_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new InferenceModel(
                    new NetworkSpec("resnet-20", CifarRecord.SHAPE, 2),
                    List.of("a", "b"),
                    Preprocessing.stretching(
                        new ImageShape(3, 40, 40), RandomImages.normalization()),
                    new float[1]))
        .withMessage("Cannot give resnet-20 images of 3x40x40: it takes 3x32x32");
  }
}
