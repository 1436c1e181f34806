package convoy.driver.data;

import convoy.worker.image.ImageShape;
import convoy.worker.image.shard.CifarRecord;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Turns records into PNG files without loss. It holds one writer and is for one thread. */
final class PngEncoder {
  private static final ImageShape SHAPE = CifarRecord.SHAPE;
  private static final int PLANE = SHAPE.height() * SHAPE.width();

  private final ImageWriter writer;
  private final BufferedImage image =
      new BufferedImage(SHAPE.width(), SHAPE.height(), BufferedImage.TYPE_INT_RGB);

  PngEncoder() {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("png");
    if (!writers.hasNext()) {
      throw new IllegalStateException("This Java has no PNG writer: its java.desktop is missing");
    }
    this.writer = writers.next();
  }

  /** The PNG file of the image in {@code record}, {@link CifarRecord#BYTES} long. */
  byte[] encode(byte[] record) throws IOException {
    for (int pixel = 0; pixel < PLANE; pixel++) {
      int red = record[1 + pixel] & 0xff;
      int green = record[1 + PLANE + pixel] & 0xff;
      int blue = record[1 + 2 * PLANE + pixel] & 0xff;
      image.setRGB(pixel % SHAPE.width(), pixel / SHAPE.width(), red << 16 | green << 8 | blue);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(image);
    }
    return bytes.toByteArray();
  }
}
