package convoy.worker.image.decoding;

import convoy.worker.image.decoding.UnreadableImageException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The header of a Windows or OS/2 bitmap, as far as ImageIO's reader must be guarded from it: 14
 * bytes for the file, then 12 (OS/2) or at least 40 for the picture, little-endian.
 */
final class BmpFile {
  private static final int HEADER_SIZE_OFFSET = 14;
  private static final int WIDTH_OFFSET = 18;
  private static final int COMPRESSION_OFFSET = 30;
  private static final int OS2_BYTES = 26;
  private static final int BYTES = 54;
  private static final int OS2_HEADER_BYTES = 12;
  private static final int BI_JPEG = 4;
  private static final int BI_PNG = 5;

  private BmpFile() {}

  /** "BM" alone may start any text, so the size of the second header must be one that exists. */
  static boolean isBmp(byte[] file) {
    if (file.length < HEADER_SIZE_OFFSET + 4 || file[0] != 'B' || file[1] != 'M') {
      return false;
    }
    return switch (intAt(file, HEADER_SIZE_OFFSET)) {
      case OS2_HEADER_BYTES, 40, 52, 56, 64, 108, 124 -> true;
      default -> false;
    };
  }

  /** The columns that the header claims; a negative number is a mistake. */
  static int width(byte[] file) {
    return isOs2(file) ? shortAt(file, WIDTH_OFFSET) : intAt(file, WIDTH_OFFSET);
  }

  /** The rows that the header claims; the file has them negative where they run downwards. */
  static int height(byte[] file) {
    return isOs2(file) ? shortAt(file, WIDTH_OFFSET + 2) : Math.abs(intAt(file, WIDTH_OFFSET + 4));
  }

  /**
   * Refuses a bitmap without a whole header, and one that wraps a JPEG or PNG: the size of what is
   * inside may be any, whatever the bitmap's own header says.
   */
  static void verify(byte[] file) throws UnreadableImageException {
    if (file.length < (isOs2(file) ? OS2_BYTES : BYTES)) {
      throw new UnreadableImageException(
          Reason.TRUNCATED, "the BMP file ends after %d bytes, inside its header", file.length);
    }
    int compression = isOs2(file) ? 0 : intAt(file, COMPRESSION_OFFSET);
    if (compression == BI_JPEG || compression == BI_PNG) {
      throw new UnreadableImageException(
          Reason.UNSUPPORTED_FORMAT,
          "a BMP with a %s inside is not decoded (unpack it)",
          compression == BI_JPEG ? "JPEG" : "PNG");
    }
  }

  private static boolean isOs2(byte[] file) {
    return intAt(file, HEADER_SIZE_OFFSET) == OS2_HEADER_BYTES;
  }

  private static int shortAt(byte[] file, int offset) {
    return Short.toUnsignedInt(
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getShort(offset));
  }

  private static int intAt(byte[] file, int offset) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(offset);
  }
}
