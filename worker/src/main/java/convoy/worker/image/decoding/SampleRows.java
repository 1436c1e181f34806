package convoy.worker.image.decoding;

import java.awt.image.Raster;

/** Rows of samples of any depth up to 16 bits, through the raster's own access. */
final class SampleRows extends RgbRows {
  private static final int CHUNK = 4096;

  private final Raster raster;
  private final int[] maxima;

  /**
   * Rows of one (grey), two (grey, alpha), three (RGB) or four (RGB, alpha) bands.
   *
   * @param maxima the largest value of each band
   */
  SampleRows(Raster raster, int[] maxima) {
    super(raster);
    this.raster = raster;
    this.maxima = maxima;
  }

  @Override
  void read(int row, int[] rgb) {
    int bands = maxima.length;
    boolean grey = bands <= 2;
    boolean transparent = bands % 2 == 0;
    int[] samples = new int[Math.min(CHUNK, width()) * bands];
    for (int x = 0; x < width(); x++) {
      int at = x % CHUNK * bands;
      if (at == 0) {
        raster.getPixels(x, row, Math.min(CHUNK, width() - x), 1, samples);
      }
      int r = toByte(samples[at], maxima[0]);
      int g = grey ? r : toByte(samples[at + 1], maxima[1]);
      int b = grey ? r : toByte(samples[at + 2], maxima[2]);
      int alpha = transparent ? toByte(samples[at + bands - 1], maxima[bands - 1]) : 255;
      rgb[x] = pack(r, g, b, alpha);
    }
  }

  private static int toByte(int sample, int maximum) {
    return (sample * 255 + maximum / 2) / maximum;
  }
}
