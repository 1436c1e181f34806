package convoy.worker.image.decoding;

import convoy.worker.image.ImageShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a camera was held: entry 0x0112 of the first directory of an Exif segment (Exif 2.32, section
 * 4.6.4), 1 to 8. Below 5 rows stay rows; from 5 on rows and columns are exchanged.
 */
final class ExifOrientation {
  private static final int UPRIGHT = 1;
  private static final int TAG = 0x0112;
  private static final int ENTRY_BYTES = 12;

  private ExifOrientation() {}

  /** Whether rows and columns are exchanged. */
  static boolean transposes(int orientation) {
    return orientation >= 5;
  }

  /** The orientation in a TIFF structure; upright where it gives none that makes sense. */
  static int read(byte[] file, int start, int end) {
    ByteBuffer tiff = ByteBuffer.wrap(file, start, end - start).slice();
    if (tiff.remaining() < 8) {
      return UPRIGHT;
    }
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long directory = Integer.toUnsignedLong(tiff.getInt(4));
    if (directory + 2 > tiff.limit()) {
      return UPRIGHT;
    }
    int entries = Short.toUnsignedInt(tiff.getShort((int) directory));
    for (int i = 0; i < entries; i++) {
      int entry = (int) directory + 2 + i * ENTRY_BYTES;
      if (entry + ENTRY_BYTES > tiff.limit()) {
        return UPRIGHT;
      }
      if (Short.toUnsignedInt(tiff.getShort(entry)) == TAG) {
        int value = tiff.getShort(entry + 8);
        return value >= 1 && value <= 8 ? value : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  /**
   * Turns an image upright.
   *
   * @param stored planes {@code [C][H][W]}, or {@code [C][W][H]} where the orientation transposes
   * @param shape the shape of the upright image
   * @return planes {@code [C][H][W]}
   */
  static byte[] upright(byte[] stored, ImageShape shape, int orientation) {
    if (orientation == UPRIGHT) {
      return stored;
    }
    int height = shape.height();
    int width = shape.width();
    byte[] upright = new byte[stored.length];
    int to = 0;
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          upright[to++] =
              stored[channel * height * width + source(orientation, x, y, height, width)];
        }
      }
    }
    return upright;
  }

  /** The place in the stored plane of the pixel that belongs at (x, y) of the upright one. */
  private static int source(int orientation, int x, int y, int height, int width) {
    int right = width - 1 - x;
    int below = height - 1 - y;
    return switch (orientation) {
      case 2 -> y * width + right;
      case 3 -> below * width + right;
      case 4 -> below * width + x;
      case 5 -> x * height + y;
      case 6 -> right * height + y;
      case 7 -> right * height + below;
      case 8 -> x * height + below;
      default -> y * width + x;
    };
  }
}
