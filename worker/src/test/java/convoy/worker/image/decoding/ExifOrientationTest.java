package convoy.worker.image.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.worker.image.ImageShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExifOrientationTest {
  private static final ImageShape SHAPE = new ImageShape(3, 4, 6);

  /** The table is the standard's: where the stored row 0 and the stored column 0 are to be seen. */
  @ParameterizedTest
  @CsvSource({
    "1, top, left",
    "2, top, right",
    "3, bottom, right",
    "4, bottom, left",
    "5, left, top",
    "6, right, top",
    "7, right, bottom",
    "8, left, bottom"
  })
  void upright_showsFirstRowAndColumnAtTheirSides(int orientation, String row0, String column0) {
    boolean transposes = ExifOrientation.transposes(orientation);
    int storedHeight = transposes ? SHAPE.width() : SHAPE.height();
    int storedWidth = transposes ? SHAPE.height() : SHAPE.width();
    byte[] stored = new byte[SHAPE.pixels()];
    for (int i = 0; i < stored.length; i++) {
      stored[i] = (byte) i;
    }

    byte[] upright = ExifOrientation.upright(stored, SHAPE, orientation);

    for (int channel = 0; channel < 3; channel++) {
      for (int row = 0; row < storedHeight; row++) {
        for (int column = 0; column < storedWidth; column++) {
          int x = transposes ? place(row0, row) : place(column0, column);
          int y = transposes ? place(column0, column) : place(row0, row);
          assertThat(upright[(channel * SHAPE.height() + y) * SHAPE.width() + x])
              .isEqualTo(stored[(channel * storedHeight + row) * storedWidth + column]);
        }
      }
    }
  }

  private static int place(String side, int distance) {
    return switch (side) {
      case "right" -> SHAPE.width() - 1 - distance;
      case "bottom" -> SHAPE.height() - 1 - distance;
      default -> distance;
    };
  }

  @Test
  void orientation_isReadInBothByteOrders() {
    assertThat(read(tiff(ByteOrder.BIG_ENDIAN, 6))).isEqualTo(6);
    assertThat(read(tiff(ByteOrder.LITTLE_ENDIAN, 8))).isEqualTo(8);
  }

  @Test
  void senselessExif_leavesTheImageAsItIs() {
    assertThat(read(tiff(ByteOrder.BIG_ENDIAN, 9))).isEqualTo(1);
    assertThat(read(tiff(ByteOrder.BIG_ENDIAN, 0))).isEqualTo(1);
    assertThat(read(new byte[0])).isEqualTo(1);
    byte[] whole = tiff(ByteOrder.BIG_ENDIAN, 6);
    for (int length = 0; length < whole.length; length++) {
      assertThat(ExifOrientation.read(whole, 0, length)).isEqualTo(1);
    }
    whole[4] = (byte) 0xff;
    assertThat(read(whole)).isEqualTo(1);
  }

  private static int read(byte[] tiff) {
    return ExifOrientation.read(tiff, 0, tiff.length);
  }

  /** A TIFF structure whose first directory holds an image width and the orientation. */
  static byte[] tiff(ByteOrder order, int orientation) {
    return ByteBuffer.allocate(34)
        .order(order)
        .put((byte) (order == ByteOrder.BIG_ENDIAN ? 'M' : 'I'))
        .put((byte) (order == ByteOrder.BIG_ENDIAN ? 'M' : 'I'))
        .putShort((short) 42)
        .putInt(8)
        .putShort((short) 2)
        .putShort((short) 0x0100)
        .putShort((short) 4)
        .putInt(1)
        .putInt(6)
        .putShort((short) 0x0112)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) orientation)
        .putShort((short) 0)
        .array();
  }
}
