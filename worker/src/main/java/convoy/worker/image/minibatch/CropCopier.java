package convoy.worker.image.minibatch;

import convoy.worker.image.ImageShape;
import convoy.worker.image.Preprocessing;
import convoy.worker.image.augmentation.AugmentationDraws.Draw;
import java.util.Arrays;

/**
 * Copies a crop of the network's input size out of a stored image, mirrored or not, through a table
 * of 256 values per channel. Outside of the stored image it is black, byte 0.
 */
final class CropCopier {
  private final ImageShape stored;
  private final ImageShape input;
  private final int margin;

  CropCopier(Preprocessing preprocessing) {
    stored = preprocessing.storedShape();
    input = preprocessing.inputShape();
    margin = preprocessing.margin();
  }

  /**
   * Copies one image.
   *
   * @param pixels the stored image, uint8 {@code [C][H][W]}
   * @param draw where the crop lies, and whether it is mirrored
   * @param table what stands for each byte, {@code [C][256]}
   * @param target takes the input, float32 {@code [C][H][W]}, from {@code offset} on
   */
  void copy(byte[] pixels, Draw draw, float[][] table, float[] target, int offset) {
    int storedPlane = stored.height() * stored.width();
    int plane = input.height() * input.width();
    int top = margin + draw.down();
    int left = margin + draw.right();
    for (int c = 0; c < input.channels(); c++) {
      float[] values = table[c];
      for (int y = 0; y < input.height(); y++) {
        int row = offset + c * plane + y * input.width();
        int from = top + y;
        if (from < 0 || from >= stored.height()) {
          Arrays.fill(target, row, row + input.width(), values[0]);
        } else if (draw.mirrored()) {
          copyMirrored(pixels, c * storedPlane + from * stored.width(), left, values, target, row);
        } else {
          copyRow(pixels, c * storedPlane + from * stored.width(), left, values, target, row);
        }
      }
    }
  }

  private void copyRow(
      byte[] pixels, int storedRow, int left, float[] values, float[] target, int row) {
    int width = input.width();
    int begin = clamp(-left, width);
    int end = clamp(stored.width() - left, width);
    Arrays.fill(target, row, row + begin, values[0]);
    int source = storedRow + left;
    for (int x = begin; x < end; x++) {
      target[row + x] = values[pixels[source + x] & 0xff];
    }
    Arrays.fill(target, row + Math.max(begin, end), row + width, values[0]);
  }

  private void copyMirrored(
      byte[] pixels, int storedRow, int left, float[] values, float[] target, int row) {
    int width = input.width();
    int last = left + width - 1;
    int begin = clamp(last - stored.width() + 1, width);
    int end = clamp(last + 1, width);
    Arrays.fill(target, row, row + begin, values[0]);
    int source = storedRow + last;
    for (int x = begin; x < end; x++) {
      target[row + x] = values[pixels[source - x] & 0xff];
    }
    Arrays.fill(target, row + Math.max(begin, end), row + width, values[0]);
  }

  private static int clamp(int column, int width) {
    return Math.max(0, Math.min(width, column));
  }
}
