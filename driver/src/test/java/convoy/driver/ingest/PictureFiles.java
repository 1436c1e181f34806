package convoy.driver.ingest;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Draws picture files for tests: another seed, other bytes. */
final class PictureFiles {
  private PictureFiles() {}

  /** A PNG file of random pixels. */
  static byte[] png(int seed, int width, int height) {
    return encode(seed, width, height, BufferedImage.TYPE_INT_RGB, "png");
  }

  /** A small PNG file. */
  static byte[] png(int seed) {
    return png(seed, 9, 8);
  }

  /** A file of one of {@link BufferedImage}'s types in one of Java's formats. */
  static byte[] encode(int seed, int width, int height, int type, String format) {
    BufferedImage image = new BufferedImage(width, height, type);
    Random random = new Random(seed);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Writes a file and the folders above it. */
  static Path write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes so many different pictures into a folder. */
  static void fill(Path folder, int count, int firstSeed) {
    for (int i = 0; i < count; i++) {
      write(folder.resolve("%03d.png".formatted(i)), png(firstSeed + i));
    }
  }
}
