package convoy.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
                    RandomImages.normalization(),
                    new float[1]))
        .withMessage("Cannot name the 10 classes of resnet-20 with 2 labels");
  }

  @Test
  void description_givesTheModelBack() {
    InferenceModel model =
        new InferenceModel(
            new NetworkSpec("resnet-20", CifarRecord.SHAPE, 3),
            List.of("a", "b", "c"),
            RandomImages.normalization(),
            new float[] {1, 2});

    ModelDescription description =
        ModelDescription.of(
            model,
            new ModelDescription.TestResult(4, 2, 0.5, 1, false),
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
    assertThat(again.normalization().mean()).isEqualTo(model.normalization().mean());
  }
}
