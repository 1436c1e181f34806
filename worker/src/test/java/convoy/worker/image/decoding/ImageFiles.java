package convoy.worker.image.decoding;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Image files for tests, made from nothing and the same each time. */
public final class ImageFiles {
  private ImageFiles() {}

  /** An image of random samples, of one of {@link BufferedImage}'s types. */
  public static BufferedImage noise(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    fill(image.getRaster(), new Random(31L * width + height));
    return image;
  }

  /** Fills every band with random samples of its full range. */
  public static void fill(WritableRaster raster, Random random) {
    for (int y = 0; y < raster.getHeight(); y++) {
      for (int x = 0; x < raster.getWidth(); x++) {
        for (int band = 0; band < raster.getNumBands(); band++) {
          int bits = raster.getSampleModel().getSampleSize(band);
          raster.setSample(x, y, band, random.nextInt(1 << bits));
        }
      }
    }
  }

  /** A file in ImageIO's format of that name. */
  public static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, bytes)) {
      throw new IOException("no writer of " + format + " takes " + image);
    }
    return bytes.toByteArray();
  }

  /** A PNG file of planes {@code [3][height][width]}: red, green, blue. */
  public static byte[] png(byte[] planes, int height, int width) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < height * width; i++) {
      image.setRGB(
          i % width,
          i / width,
          (planes[i] & 0xff) << 16
              | (planes[height * width + i] & 0xff) << 8
              | (planes[2 * height * width + i] & 0xff));
    }
    return encode(image, "png");
  }
}
