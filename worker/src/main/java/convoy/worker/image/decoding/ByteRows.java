package convoy.worker.image.decoding;

import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.util.stream.IntStream;

/** Rows of interleaved bytes, read in place: what JPEG and most PNG files decode to. */
final class ByteRows extends RgbRows {
  private final byte[] bytes;
  private final int start;
  private final int rowStride;
  private final int pixelStride;
  private final int[] offsets;

  ByteRows(Raster raster) {
    super(raster);
    PixelInterleavedSampleModel layout = (PixelInterleavedSampleModel) raster.getSampleModel();
    DataBufferByte buffer = (DataBufferByte) raster.getDataBuffer();
    bytes = buffer.getData();
    start = buffer.getOffset();
    rowStride = layout.getScanlineStride();
    pixelStride = layout.getPixelStride();
    offsets = layout.getBandOffsets();
  }

  /** Whether a raster, with these largest values of its bands, is laid out so. */
  static boolean fit(Raster raster, int[] maxima) {
    return raster.getSampleModel() instanceof PixelInterleavedSampleModel
        && raster.getDataBuffer() instanceof DataBufferByte
        && raster.getSampleModelTranslateX() == 0
        && raster.getSampleModelTranslateY() == 0
        && IntStream.of(maxima).allMatch(maximum -> maximum == 255);
  }

  @Override
  void read(int row, int[] rgb) {
    int bands = offsets.length;
    boolean grey = bands <= 2;
    boolean transparent = bands % 2 == 0;
    int red = offsets[0];
    int green = offsets[grey ? 0 : 1];
    int blue = offsets[grey ? 0 : 2];
    int alpha = offsets[bands - 1];
    int at = start + row * rowStride;
    for (int x = 0; x < width(); x++) {
      int r = bytes[at + red] & 0xff;
      int g = bytes[at + green] & 0xff;
      int b = bytes[at + blue] & 0xff;
      rgb[x] = transparent ? pack(r, g, b, bytes[at + alpha] & 0xff) : pack(r, g, b);
      at += pixelStride;
    }
  }
}
