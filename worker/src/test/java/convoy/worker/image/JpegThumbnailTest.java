package convoy.worker.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JpegThumbnailTest {
  /** Red grows to the right, green grows downwards, blue is the same everywhere. */
  private static byte[] slope(int height, int width) {
    byte[] planes = new byte[3 * height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = y * width + x;
        planes[at] = (byte) (255 * x / width);
        planes[height * width + at] = (byte) (255 * y / height);
        planes[2 * height * width + at] = 80;
      }
    }
    return planes;
  }

  @ParameterizedTest
  @CsvSource({
    "32, 32, 32, 32",
    "96, 96, 96, 96",
    "224, 224, 96, 96",
    "100, 97, 96, 93",
    "60, 200, 28, 96",
    "1000, 1, 96, 1"
  })
  void thumbnail_isTheSamePicture_noLongerThan96Pixels(
      int height, int width, int expectedHeight, int expectedWidth) throws IOException {
    byte[] jpeg = JpegThumbnail.of(slope(height, width), new ImageShape(3, height, width));

    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(jpeg));
    assertThat(jpeg).hasSizeLessThan(6_000);
    assertThat(picture.getHeight()).isEqualTo(expectedHeight);
    assertThat(picture.getWidth()).isEqualTo(expectedWidth);
    for (int y = 0; y < expectedHeight; y += 7) {
      for (int x = 0; x < expectedWidth; x += 7) {
        int rgb = picture.getRGB(x, y);
        double red = width == 1 ? 0 : 255 * (x + 0.5) / expectedWidth;
        assertThat((double) (rgb >> 16 & 0xff)).isCloseTo(red, within(12.0));
        assertThat((rgb >> 8 & 0xff) * 1.0)
            .isCloseTo(255 * (y + 0.5) / expectedHeight, within(12.0));
        assertThat((rgb & 0xff) * 1.0).isCloseTo(80, within(16.0));
      }
    }
  }

  @Test
  void thumbnail_ofOnePlane_isGrey() throws IOException {
    byte[] plane = new byte[64];
    Arrays.fill(plane, (byte) 200);

    BufferedImage grey =
        ImageIO.read(new ByteArrayInputStream(JpegThumbnail.of(plane, new ImageShape(1, 8, 8))));

    assertThat(grey.getRGB(3, 4) & 0xffffff).isEqualTo(0xc8c8c8);
  }
}
