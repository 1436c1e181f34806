package convoy.worker.image.minibatch;

import convoy.worker.image.ImageShape;
import convoy.worker.image.augmentation.Crop;
import java.util.Arrays;

/**
 * Copies a crop of the network's input size out of a stored image, mirrored or not, through a table
 * of 256 values per channel. Outside of the stored image it is black, byte 0.
 */
final class CropCopier {
  private final ImageShape stored;

  CropCopier(ImageShape stored) {
    this.stored = stored;
  }

  /**
   * Copies one image.
   *
   * @param pixels the stored image, uint8 {@code [C][H][W]}
   * @param table what stands for each byte, {@code [C][256]}
   * @param target takes the crop, float32 {@code [C][height][width]}, from {@code offset} on
   */
  void copy(
      byte[] pixels, Crop crop, boolean mirrored, float[][] table, float[] target, int offset) {
    int width = crop.width();
    int row = offset;
    for (int c = 0; c < stored.channels(); c++) {
      for (int y = crop.top(); y < crop.top() + crop.height(); y++, row += width) {
        int storedRow = (c * stored.height() + y) * stored.width();
        if (y < 0 || y >= stored.height()) {
          Arrays.fill(target, row, row + width, table[c][0]);
        } else if (mirrored) {
          copyMirrored(pixels, storedRow, crop.left() + width - 1, table[c], target, row, width);
        } else {
          copyRow(pixels, storedRow, crop.left(), table[c], target, row, width);
        }
      }
    }
  }

  /** Column {@code left + x} goes to place x. */
  private void copyRow(
      byte[] pixels, int storedRow, int left, float[] values, float[] target, int row, int width) {
    int begin = clamp(-left, width);
    int end = clamp(stored.width() - left, width);
    fillOutside(target, row, begin, end, width, values[0]);
    int source = storedRow + left;
    for (int x = begin; x < end; x++) {
      target[row + x] = values[pixels[source + x] & 0xff];
    }
  }

  /** Column {@code last - x} goes to place x. */
  private void copyMirrored(
      byte[] pixels, int storedRow, int last, float[] values, float[] target, int row, int width) {
    int begin = clamp(last - stored.width() + 1, width);
    int end = clamp(last + 1, width);
    fillOutside(target, row, begin, end, width, values[0]);
    int source = storedRow + last;
    for (int x = begin; x < end; x++) {
      target[row + x] = values[pixels[source - x] & 0xff];
    }
  }

  private static void fillOutside(
      float[] target, int row, int begin, int end, int width, float black) {
    Arrays.fill(target, row, row + begin, black);
    Arrays.fill(target, row + Math.max(begin, end), row + width, black);
  }

  private static int clamp(int column, int width) {
    return Math.max(0, Math.min(width, column));
  }
}
