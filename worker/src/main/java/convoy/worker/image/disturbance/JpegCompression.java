package convoy.worker.image.disturbance;

import convoy.worker.image.Fit;
import convoy.worker.image.ImageShape;
import convoy.worker.image.decoding.ImageDecoder;
import convoy.worker.image.decoding.UnreadableImageException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Writes an image as a JPEG file in memory and reads it back. The Java platform's writer scales its
 * quantization tables by the quality as libjpeg does, and halves the resolution of the colours, so
 * that a quality means what it means there.
 */
final class JpegCompression implements Effect {
  private static final double BEST_QUALITY = 100;

  /**
   * The image as it comes back.
   *
   * @param quality above 0, up to 100
   */
  @Override
  public byte[] apply(byte[] pixels, ImageShape shape, double quality, Random random) {
    ImageDecoder decoder =
        new ImageDecoder(shape, Fit.STRETCH, (long) shape.height() * shape.width());
    try {
      return decoder.decode(encoded(pixels, shape, (float) (quality / BEST_QUALITY)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (UnreadableImageException e) {
      throw new IllegalStateException("The Java platform cannot read the JPEG file it wrote", e);
    }
  }

  private static byte[] encoded(byte[] pixels, ImageShape shape, float quality) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ByteArrayOutputStream file = new ByteArrayOutputStream();
        MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(quality);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image(pixels, shape), null, null), settings);
      out.flush();
      return file.toByteArray();
    } finally {
      writer.dispose();
    }
  }

  private static BufferedImage image(byte[] pixels, ImageShape shape) {
    BufferedImage image =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
    int plane = shape.height() * shape.width();
    int[] colours = new int[plane];
    for (int i = 0; i < plane; i++) {
      colours[i] =
          (pixels[i] & 0xff) << 16
              | (pixels[plane + i] & 0xff) << 8
              | (pixels[2 * plane + i] & 0xff);
    }
    image.setRGB(0, 0, shape.width(), shape.height(), colours, 0, shape.width());
    return image;
  }
}
