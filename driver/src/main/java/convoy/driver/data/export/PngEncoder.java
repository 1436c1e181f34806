package convoy.driver.data.export;

import convoy.worker.image.ImageShape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Turns stored images of one shape into PNG files without loss: three channels are red, green and
 * blue, one is grey. It holds one writer and is for one thread.
 */
public final class PngEncoder {
  private final ImageShape shape;
  private final ImageWriter writer;
  private final BufferedImage image;

  /**
   * An encoder of images of {@code shape}.
   *
   * @throws IllegalArgumentException if it has neither one channel nor three
   */
  public PngEncoder(ImageShape shape) {
    if (shape.channels() != 1 && shape.channels() != 3) {
      throw new IllegalArgumentException(
          "Cannot write images of %s as PNG files: they need 1 channel or 3".formatted(shape));
    }
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("png");
    if (!writers.hasNext()) {
      throw new IllegalStateException("This Java has no PNG writer: its java.desktop is missing");
    }
    this.shape = shape;
    this.writer = writers.next();
    this.image =
        new BufferedImage(
            shape.width(),
            shape.height(),
            shape.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
  }

  /** The PNG file of an image, uint8 {@code [C][H][W]}. */
  public byte[] encode(byte[] pixels) throws IOException {
    int plane = shape.height() * shape.width();
    int[] samples = new int[plane];
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int i = 0; i < plane; i++) {
        samples[i] = pixels[channel * plane + i] & 0xff;
      }
      image.getRaster().setSamples(0, 0, shape.width(), shape.height(), channel, samples);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(image);
    }
    return bytes.toByteArray();
  }
}
