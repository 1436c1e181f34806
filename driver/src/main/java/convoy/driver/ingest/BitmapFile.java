package convoy.driver.ingest;

import convoy.worker.image.ImageShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Raw pixels as a BMP file of 24 bits a pixel, so that one decoder resizes them like any other. */
final class BitmapFile {
  private static final int HEADER_BYTES = 54;

  private BitmapFile() {}

  /**
   * The file of an image.
   *
   * @param pixels uint8 {@code [3][H][W]}: red, green, blue
   */
  static byte[] of(byte[] pixels, ImageShape shape) {
    int height = shape.height();
    int width = shape.width();
    int stride = (3 * width + 3) / 4 * 4;
    ByteBuffer file =
        ByteBuffer.allocate(HEADER_BYTES + stride * height).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'B').put((byte) 'M').putInt(file.capacity()).putInt(0).putInt(HEADER_BYTES);
    file.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) 24);
    file.putInt(0).putInt(stride * height).putInt(0).putInt(0).putInt(0).putInt(0);
    int plane = height * width;
    for (int row = height - 1; row >= 0; row--) {
      file.position(HEADER_BYTES + (height - 1 - row) * stride);
      for (int pixel = row * width; pixel < (row + 1) * width; pixel++) {
        file.put(pixels[2 * plane + pixel]).put(pixels[plane + pixel]).put(pixels[pixel]);
      }
    }
    return file.array();
  }
}
