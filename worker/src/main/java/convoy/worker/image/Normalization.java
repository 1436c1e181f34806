package convoy.worker.image;

import java.io.Serializable;

/**
 * The map from pixel bytes to network input, per channel: {@code (byte / 255 - mean) / deviation}.
 * Mean and standard deviation are those of the training set, on the scale 0 to 1, in channel order.
 */
public final class Normalization implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int LEVELS = 256;

  private final float[] mean;
  private final float[] standardDeviation;

  /**
   * Means and standard deviations, one per channel.
   *
   * @throws IllegalArgumentException if the lengths differ, a value is not finite, or a deviation
   *     is not positive
   */
  public Normalization(float[] mean, float[] standardDeviation) {
    if (mean.length != standardDeviation.length) {
      throw new IllegalArgumentException(
          "Cannot normalize with %d means and %d standard deviations: one of each per channel is needed"
              .formatted(mean.length, standardDeviation.length));
    }
    for (int c = 0; c < mean.length; c++) {
      if (!Float.isFinite(mean[c])
          || !Float.isFinite(standardDeviation[c])
          || standardDeviation[c] <= 0) {
        throw new IllegalArgumentException(
            "Cannot normalize channel %d by mean %s and standard deviation %s: it must be positive"
                .formatted(c, mean[c], standardDeviation[c]));
      }
    }
    this.mean = mean.clone();
    this.standardDeviation = standardDeviation.clone();
  }

  /** The means, {@code [C]}, 0 to 1. */
  public float[] mean() {
    return mean.clone();
  }

  /** The standard deviations, {@code [C]}, above 0. */
  public float[] standardDeviation() {
    return standardDeviation.clone();
  }

  /**
   * Normalizes an image in place.
   *
   * @param values {@code [C][plane]} on the scale of bytes, 0 to 255, from {@code offset} on
   */
  public void apply(float[] values, int offset, int plane) {
    for (int c = 0; c < mean.length; c++) {
      double scale = 1 / (255.0 * standardDeviation[c]);
      double shift = -(double) mean[c] / standardDeviation[c];
      int start = offset + c * plane;
      for (int i = start; i < start + plane; i++) {
        values[i] = (float) (values[i] * scale + shift);
      }
    }
  }

  /** The network's input for each of the 256 values of a byte, {@code [C][256]}, float32. */
  public float[][] table() {
    float[][] table = new float[mean.length][LEVELS];
    for (int c = 0; c < mean.length; c++) {
      for (int level = 0; level < LEVELS; level++) {
        table[c][level] = (float) ((level / 255.0 - mean[c]) / standardDeviation[c]);
      }
    }
    return table;
  }
}
