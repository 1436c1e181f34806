package convoy.worker.image.decoding;

import convoy.worker.image.Fit;

/**
 * One axis of a resize, as integer weights of the source samples in each target sample. The target
 * divides a {@link Window} of the source evenly. Shrinking averages: a target sample is the mean
 * over its part of the window, parts of samples included, so every source sample counts equally and
 * nothing aliases; beyond the picture it is black. Growing interpolates linearly between sample
 * centres, with the first and last sample held beyond them, and black where a target sample's
 * centre lies beyond the picture. Weights are whole numbers over a common total, so a resized value
 * is one exact fraction, rounded once, the same on every machine.
 */
final class Resampling {
  /** All places here are whole numbers in this unit: so many make one source sample. */
  private final long unit;

  private final int source;
  private final int[] first;
  private final int[][] weights;
  private final long total;

  /** The weights that turn {@code source} samples, as far as {@code window} shows them. */
  Resampling(Window window, int source, int target) {
    long from = window.from() * target;
    long step = window.span();
    long common = gcd(gcd(window.unit() * target, step), Math.abs(from));
    from /= common;
    step /= common;
    this.unit = window.unit() * target / common;
    this.source = source;
    this.first = new int[target];
    this.weights = new int[target][];
    boolean shrinks = step >= unit;
    this.total = shrinks ? step : 2 * unit;
    for (int i = 0; i < target; i++) {
      if (shrinks) {
        average(i, from + i * step, from + (i + 1) * step);
      } else {
        interpolate(i, 2 * from + (2L * i + 1) * step);
      }
    }
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** Sample j covers j x unit to (j + 1) x unit. */
  private void average(int i, long from, long to) {
    int begin = (int) Math.max(0, Math.min(source, Math.floorDiv(from, unit)));
    int end = (int) Math.max(begin, Math.min(source, -Math.floorDiv(-to, unit)));
    first[i] = begin;
    weights[i] = new int[end - begin];
    for (int j = begin; j < end; j++) {
      weights[i][j - begin] = (int) (Math.min(to, (j + 1) * unit) - Math.max(from, j * unit));
    }
  }

  /** In halves of the unit: the centre of sample j lies at (2 x j + 1) x unit. */
  private void interpolate(int i, long centre) {
    long sample = 2 * unit;
    if (centre < 0 || centre > sample * source) {
      first[i] = centre < 0 ? 0 : source;
      weights[i] = new int[0];
      return;
    }
    long place = Math.max(0, Math.min(sample * (source - 1), centre - unit));
    first[i] = (int) (place / sample);
    int towardsNext = (int) (place % sample);
    weights[i] =
        towardsNext == 0
            ? new int[] {(int) sample}
            : new int[] {(int) sample - towardsNext, towardsNext};
  }

  /** The source samples with a weight in target sample {@code i} end before this one. */
  private int end(int i) {
    return first[i] + weights[i].length;
  }

  /**
   * Resizes an image, each axis on its own. Rows and columns that the result does not show are not
   * looked at.
   *
   * @return planes uint8 {@code [3][height][width]}: red, green, blue
   */
  static byte[] resize(RgbRows image, Fit fit, int height, int width) {
    Resampling columns =
        new Resampling(
            Window.of(fit, image.width(), width, image.height(), height), image.width(), width);
    Resampling rows =
        new Resampling(
            Window.of(fit, image.height(), height, image.width(), width), image.height(), height);
    long[] sums = new long[3 * height * width];
    long[] line = new long[3 * width];
    int[] rgb = new int[image.width()];
    int top = 0;
    for (int y = rows.first[0]; y < rows.end(height - 1); y++) {
      image.read(y, rgb);
      columns.sumRow(rgb, line);
      while (rows.end(top) <= y) {
        top++;
      }
      for (int i = top; i < height && rows.first[i] <= y; i++) {
        long weight = rows.weights[i][y - rows.first[i]];
        for (int channel = 0; channel < 3; channel++) {
          add(weight, line, channel * width, sums, (channel * height + i) * width, width);
        }
      }
    }
    return rounded(sums, columns.total * rows.total);
  }

  private static void add(long weight, long[] line, int from, long[] sums, int to, int length) {
    for (int k = 0; k < length; k++) {
      sums[to + k] += weight * line[from + k];
    }
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
