package convoy.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloatVectorTest {
  // Around the ends of a piece of 16384 values.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16_383, 16_384, 16_385, 50_000})
  void vectorWrittenInPieces_isTheBytesOfTheWhole_andReadsBack(int count) throws IOException {
    float[] values = values(count);

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FloatVector.write(values, out);

    assertThat(out.toByteArray()).isEqualTo(FloatVector.toBytes(values));
    InputStream in = new ByteArrayInputStream(out.toByteArray());
    assertThat(FloatVector.read(in, count)).isEqualTo(values);
    assertThat(in.read()).isEqualTo(-1);
  }

  @Test
  void vectorThatEndsEarly_isRefusedWithItsLength() {
    byte[] bytes = FloatVector.toBytes(values(20_000));

    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(
            () -> FloatVector.read(new ByteArrayInputStream(bytes, 0, bytes.length - 3), 20_000))
        .withMessage("Cannot read 20000 float32 values: they end after 79997 bytes");
  }

  private static float[] values(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = Float.intBitsToFloat(i * 0x9e3779b1);
    }
    return values;
  }
}
