package convoy.worker.image.decoding;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.stream.IntStream;

/**
 * The rows of a decoded image. The stored samples are taken as sRGB as they stand: grey becomes
 * three equal values (Java's own conversion would brighten it), 16 bits and any other depth are
 * scaled to 8 and rounded, colour profiles play no part, and what is transparent shows a white
 * background.
 */
abstract class RgbRows {
  private static final int BACKGROUND = 255;

  private final int width;
  private final int height;

  RgbRows(Raster raster) {
    width = raster.getWidth();
    height = raster.getHeight();
  }

  /** The rows of an image of grey, palette or RGB colours, with or without alpha. */
  static RgbRows of(BufferedImage image) {
    ColorModel colours = image.getColorModel();
    if (colours instanceof IndexColorModel palette) {
      return new PaletteRows(image.getRaster(), palette);
    }
    int[] maxima =
        IntStream.range(0, image.getRaster().getNumBands())
            .map(band -> (1 << colours.getComponentSize(band)) - 1)
            .toArray();
    return ByteRows.fit(image.getRaster(), maxima)
        ? new ByteRows(image.getRaster())
        : new SampleRows(image.getRaster(), maxima);
  }

  /** The number of columns. */
  int width() {
    return width;
  }

  /** The number of rows. */
  int height() {
    return height;
  }

  /**
   * Copies a row.
   *
   * @param rgb takes one pixel an entry, as {@link #pack} makes it
   */
  abstract void read(int row, int[] rgb);

  /** Red in bits 16 to 23, green in 8 to 15, blue in 0 to 7. */
  static int pack(int red, int green, int blue) {
    return red << 16 | green << 8 | blue;
  }

  /** A pixel, 0 (invisible) to 255 (opaque), in front of the background. */
  static int pack(int red, int green, int blue, int alpha) {
    return pack(composite(red, alpha), composite(green, alpha), composite(blue, alpha));
  }

  private static int composite(int value, int alpha) {
    return (value * alpha + BACKGROUND * (255 - alpha) + 127) / 255;
  }
}
