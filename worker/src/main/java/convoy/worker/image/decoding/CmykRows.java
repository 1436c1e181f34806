package convoy.worker.image.decoding;

import java.awt.image.Raster;

/**
 * Rows of a JPEG raster of four inks as Adobe's programs store them, inverted: 255 is no ink. The
 * inks are multiplied, R = C x K / 255, without a colour profile.
 */
final class CmykRows extends RgbRows {
  private static final int CHUNK = 4096;

  private final Raster raster;
  private final boolean transformed;

  /**
   * Rows of four bands.
   *
   * @param transformed whether the first three are Y, Cb, Cr of 255 less each of them (Adobe
   *     Technical Note 5116, section 18)
   */
  CmykRows(Raster raster, boolean transformed) {
    super(raster);
    this.raster = raster;
    this.transformed = transformed;
  }

  @Override
  void read(int row, int[] rgb) {
    int[] inks = new int[4 * Math.min(CHUNK, width())];
    for (int x = 0; x < width(); x++) {
      int at = x % CHUNK * 4;
      if (at == 0) {
        raster.getPixels(x, row, Math.min(CHUNK, width() - x), 1, inks);
      }
      int c = inks[at];
      int m = inks[at + 1];
      int y = inks[at + 2];
      int k = inks[at + 3];
      if (transformed) {
        // ITU-T T.871, section 7: the inverse of the luma and chroma transform.
        double luma = c;
        double cb = m - 128.0;
        double cr = y - 128.0;
        c = 255 - toByte(luma + 1.402 * cr);
        m = 255 - toByte(luma - 0.344136 * cb - 0.714136 * cr);
        y = 255 - toByte(luma + 1.772 * cb);
      }
      rgb[x] = pack(multiply(c, k), multiply(m, k), multiply(y, k));
    }
  }

  private static int toByte(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }

  private static int multiply(int ink, int key) {
    return (ink * key + 127) / 255;
  }
}
