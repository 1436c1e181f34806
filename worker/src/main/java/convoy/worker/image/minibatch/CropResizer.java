package convoy.worker.image.minibatch;

import convoy.worker.image.ImageShape;
import convoy.worker.image.augmentation.Crop;

/**
 * Brings a part of a stored image to the size of the network's input, by bilinear interpolation
 * between pixel centres; the outermost pixels of the part are held beyond its edge. There is no
 * average over areas as in {@link convoy.worker.image.decoding.ImageDecoder}: a stored image is
 * hardly larger than the input, so a part of it is shrunk by little if at all.
 */
final class CropResizer {
  private final ImageShape stored;
  private final ImageShape input;
  private final Axis rows;
  private final Axis columns;

  CropResizer(ImageShape stored, ImageShape input) {
    this.stored = stored;
    this.input = input;
    this.rows = new Axis(input.height());
    this.columns = new Axis(input.width());
  }

  /** For each place of the input, two places of the stored image and the share of the second. */
  private static final class Axis {
    private final int[] near;
    private final int[] far;
    private final float[] share;

    Axis(int size) {
      near = new int[size];
      far = new int[size];
      share = new float[size];
    }

    /** Shows {@code length} pixels from {@code start} on. */
    void show(int start, int length) {
      int size = near.length;
      for (int i = 0; i < size; i++) {
        double place = (i + 0.5) * length / size - 0.5;
        double inside = Math.max(0, Math.min(length - 1, place));
        int first = (int) inside;
        near[i] = start + first;
        far[i] = start + Math.min(first + 1, length - 1);
        share[i] = (float) (inside - first);
      }
    }
  }

  /**
   * Resizes one part.
   *
   * @param pixels the stored image, uint8 {@code [C][H][W]}
   * @param crop within it
   * @param target takes the input, {@code [C][H][W]} on the scale of bytes, from {@code offset} on
   */
  void resize(byte[] pixels, Crop crop, boolean mirrored, float[] target, int offset) {
    rows.show(crop.top(), crop.height());
    columns.show(crop.left(), crop.width());
    int width = input.width();
    int step = mirrored ? -1 : 1;
    int row = offset + (mirrored ? width - 1 : 0);
    for (int c = 0; c < stored.channels(); c++) {
      int plane = c * stored.height() * stored.width();
      for (int y = 0; y < input.height(); y++, row += width) {
        int upper = plane + rows.near[y] * stored.width();
        int lower = plane + rows.far[y] * stored.width();
        float down = rows.share[y];
        for (int x = 0, at = row; x < width; x++, at += step) {
          int left = columns.near[x];
          int right = columns.far[x];
          float across = columns.share[x];
          float above = between(pixels[upper + left] & 0xff, pixels[upper + right] & 0xff, across);
          float below = between(pixels[lower + left] & 0xff, pixels[lower + right] & 0xff, across);
          target[at] = between(above, below, down);
        }
      }
    }
  }

  private static float between(float first, float second, float share) {
    return first + (second - first) * share;
  }
}
