package convoy.worker.image.decoding;

/**
 * One axis of a resize, as integer weights of the source samples in each target sample. Shrinking
 * averages: target i covers the sources from i x source / target to (i + 1) x source / target,
 * parts of samples included, so every source counts equally and nothing aliases. Growing
 * interpolates linearly between sample centres, with the first and last sample held beyond them.
 * Weights are whole numbers over a common total, so a resized value is one exact fraction, rounded
 * once, the same on every machine.
 */
final class Resampling {
  private final int[] first;
  private final int[][] weights;
  private final long total;

  /** The weights that turn {@code source} samples into {@code target}. */
  Resampling(int source, int target) {
    first = new int[target];
    weights = new int[target][];
    boolean shrinks = target <= source;
    total = shrinks ? source : 2L * target;
    for (int i = 0; i < target; i++) {
      if (shrinks) {
        average(i, source, target);
      } else {
        interpolate(i, source, target);
      }
    }
  }

  /** In units of 1 / target of a source sample: sample j covers [j x target, (j + 1) x target). */
  private void average(int i, long source, long target) {
    long from = i * source;
    long to = from + source;
    int begin = (int) (from / target);
    int end = (int) ((to + target - 1) / target);
    first[i] = begin;
    weights[i] = new int[end - begin];
    for (int j = begin; j < end; j++) {
      weights[i][j - begin] = (int) (Math.min(to, (j + 1) * target) - Math.max(from, j * target));
    }
  }

  /** In units of 1 / (2 x target) of a source sample, from the first sample's centre. */
  private void interpolate(int i, long source, long target) {
    long unit = 2 * target;
    long place = (2L * i + 1) * source - target;
    place = Math.max(0, Math.min(unit * (source - 1), place));
    first[i] = (int) (place / unit);
    int towardsNext = (int) (place % unit);
    weights[i] =
        towardsNext == 0
            ? new int[] {(int) unit}
            : new int[] {(int) unit - towardsNext, towardsNext};
  }

  /**
   * Resizes an image, each axis on its own; the aspect ratio follows the target.
   *
   * @return planes uint8 {@code [3][height][width]}: red, green, blue
   */
  static byte[] resize(RgbRows image, int height, int width) {
    Resampling columns = new Resampling(image.width(), width);
    Resampling rows = new Resampling(image.height(), height);
    long[] sums = new long[3 * height * width];
    long[] line = new long[3 * width];
    int[] rgb = new int[image.width()];
    int top = 0;
    for (int y = 0; y < image.height(); y++) {
      image.read(y, rgb);
      columns.sumRow(rgb, line);
      while (rows.first[top] + rows.weights[top].length <= y) {
        top++;
      }
      for (int i = top; i < height && rows.first[i] <= y; i++) {
        long weight = rows.weights[i][y - rows.first[i]];
        for (int k = 0; k < line.length; k++) {
          sums[(k / width * height + i) * width + k % width] += weight * line[k];
        }
      }
    }
    return rounded(sums, columns.total * rows.total);
  }

  /** Adds a row up per target column: {@code line} becomes {@code [3][width]}, times the total. */
  private void sumRow(int[] rgb, long[] line) {
    int width = first.length;
    for (int i = 0; i < width; i++) {
      long red = 0;
      long green = 0;
      long blue = 0;
      int at = first[i];
      for (int weight : weights[i]) {
        int pixel = rgb[at++];
        red += (long) weight * (pixel >> 16 & 0xff);
        green += (long) weight * (pixel >> 8 & 0xff);
        blue += (long) weight * (pixel & 0xff);
      }
      line[i] = red;
      line[width + i] = green;
      line[2 * width + i] = blue;
    }
  }

  private static byte[] rounded(long[] sums, long total) {
    byte[] values = new byte[sums.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) ((2 * sums[i] + total) / (2 * total));
    }
    return values;
  }
}
