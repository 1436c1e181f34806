package convoy.driver.monitoring.picture;

import convoy.worker.image.ImageShape;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Small pictures that a page carries in itself. */
public final class Thumbnail {
  private static final int MOST_PIXELS_ON_A_SIDE = 96;
  private static final float QUALITY = 0.85f;

  private Thumbnail() {}

  /**
   * A picture as a data URI of type {@code image/jpeg}, some 1 to 4 KB long, at most 96 pixels on
   * its longer side.
   *
   * @param pixels uint8 {@code [3][H][W]}
   */
  public static String of(ImageShape shape, byte[] pixels) {
    BufferedImage picture =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
    int plane = shape.height() * shape.width();
    for (int at = 0; at < plane; at++) {
      int red = pixels[at] & 0xff;
      int green = pixels[plane + at] & 0xff;
      int blue = pixels[2 * plane + at] & 0xff;
      picture.setRGB(at % shape.width(), at / shape.width(), red << 16 | green << 8 | blue);
    }
    return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg(small(picture)));
  }

  private static BufferedImage small(BufferedImage picture) {
    int longer = Math.max(picture.getWidth(), picture.getHeight());
    if (longer <= MOST_PIXELS_ON_A_SIDE) {
      return picture;
    }
    int width = Math.max(1, picture.getWidth() * MOST_PIXELS_ON_A_SIDE / longer);
    int height = Math.max(1, picture.getHeight() * MOST_PIXELS_ON_A_SIDE / longer);
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    small
        .createGraphics()
        .drawImage(
            picture.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING), 0, 0, null);
    return small;
  }

  private static byte[] jpeg(BufferedImage picture) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
