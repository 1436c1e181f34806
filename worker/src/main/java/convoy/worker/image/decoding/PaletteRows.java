package convoy.worker.image.decoding;

import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Rows of an image that stores an index into a palette for each pixel. */
final class PaletteRows extends RgbRows {
  private final Raster raster;
  private final int[] palette;

  PaletteRows(Raster raster, IndexColorModel colours) {
    super(raster);
    this.raster = raster;
    palette = new int[colours.getMapSize()];
    colours.getRGBs(palette);
    for (int i = 0; i < palette.length; i++) {
      int argb = palette[i];
      palette[i] = pack(argb >> 16 & 0xff, argb >> 8 & 0xff, argb & 0xff, argb >>> 24);
    }
  }

  @Override
  void read(int row, int[] rgb) {
    raster.getSamples(0, row, width(), 1, 0, rgb);
    for (int x = 0; x < width(); x++) {
      // Black for an index beyond the palette, as browsers draw it.
      rgb[x] = rgb[x] < palette.length ? palette[rgb[x]] : 0;
    }
  }
}
