package convoy.worker.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Small JPEG files of stored pixels, for people to look at: a few kilobytes each. */
public final class JpegThumbnail {
  private static final int LONGEST_SIDE = 96;
  private static final float QUALITY = 0.85f;

  private JpegThumbnail() {}

  /**
   * A JPEG file of an image: of its own size, or, if it is larger, of 96 pixels on its longer side,
   * each the mean of those that it stands for.
   *
   * @param planes uint8 {@code [C][H][W]}: red, green and blue, or one plane of grey
   * @param shape of the image
   */
  public static byte[] of(byte[] planes, ImageShape shape) {
    int longest = Math.max(shape.height(), shape.width());
    int side = Math.min(LONGEST_SIDE, longest);
    int height = Math.max(1, shape.height() * side / longest);
    int width = Math.max(1, shape.width() * side / longest);
    int[] pixels = new int[height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = 0;
        for (int channel = 0; channel < 3; channel++) {
          rgb =
              rgb << 8
                  | mean(
                      planes, shape, Math.min(channel, shape.channels() - 1), y, height, x, width);
        }
        pixels[y * width + x] = rgb;
      }
    }
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    picture.getRaster().setDataElements(0, 0, width, height, pixels);
    return encoded(picture);
  }

  /** The same as a {@code data:} URI, for a page that loads nothing. */
  public static String uri(byte[] planes, ImageShape shape) {
    return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(of(planes, shape));
  }

  private static int mean(
      byte[] planes, ImageShape shape, int channel, int y, int height, int x, int width) {
    int top = y * shape.height() / height;
    int bottom = (y + 1) * shape.height() / height;
    int left = x * shape.width() / width;
    int right = (x + 1) * shape.width() / width;
    int sum = 0;
    for (int row = top; row < bottom; row++) {
      int start = (channel * shape.height() + row) * shape.width();
      for (int at = start + left; at < start + right; at++) {
        sum += planes[at] & 0xff;
      }
    }
    int pixels = (bottom - top) * (right - left);
    return (sum + pixels / 2) / pixels;
  }

  private static byte[] encoded(BufferedImage picture) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam quality = writer.getDefaultWriteParam();
    quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    quality.setCompressionQuality(QUALITY);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), quality);
    } catch (IOException e) {
      throw new UncheckedIOException("a picture in memory was not written", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
