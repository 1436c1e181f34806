package convoy.worker.image.shard;

import convoy.worker.image.Normalization;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Sums of pixel values and of their squares, per channel, in integers: merging is exact, so mean
 * and deviation do not depend on how the images were split. At most 2^63 / 255^2 pixels per
 * channel.
 */
public final class PixelStatistics implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long pixelsPerChannel;
  private final long[] sums;
  private final long[] squares;

  /**
   * Statistics by their integers.
   *
   * @param pixelsPerChannel images x height x width
   * @param sums of the values 0 to 255, per channel
   * @param squares the sums of their squares, per channel
   * @throws IllegalArgumentException if no values of bytes have these sums
   */
  public PixelStatistics(long pixelsPerChannel, long[] sums, long[] squares) {
    boolean possible = pixelsPerChannel >= 0 && sums.length == squares.length;
    for (int c = 0; possible && c < sums.length; c++) {
      possible =
          sums[c] >= 0
              && sums[c] <= squares[c]
              && (double) squares[c] <= 255.0 * sums[c]
              && (double) sums[c] <= 255.0 * pixelsPerChannel;
    }
    if (!possible) {
      throw new IllegalArgumentException(
          "Cannot take %s and %s as sums and sums of squares over %d bytes per channel"
              .formatted(Arrays.toString(sums), Arrays.toString(squares), pixelsPerChannel));
    }
    this.pixelsPerChannel = pixelsPerChannel;
    this.sums = sums.clone();
    this.squares = squares.clone();
  }

  /** Nothing counted yet, for images of {@code channels} channels. */
  public static PixelStatistics empty(int channels) {
    return new PixelStatistics(0, new long[channels], new long[channels]);
  }

  /** The statistics of a shard, which is read image by image. */
  public static PixelStatistics of(ImageShard shard) {
    PixelCounter counter = new PixelCounter(shard.shape());
    byte[] image = new byte[shard.shape().pixels()];
    for (int i = 0; i < shard.count(); i++) {
      shard.read(i, image);
      counter.add(image, 0);
    }
    return counter.statistics();
  }

  /** The statistics of the images of both. */
  public PixelStatistics plus(PixelStatistics other) {
    long[] mergedSums = sums.clone();
    long[] mergedSquares = squares.clone();
    Arrays.setAll(mergedSums, c -> sums[c] + other.sums[c]);
    Arrays.setAll(mergedSquares, c -> squares[c] + other.squares[c]);
    return new PixelStatistics(
        pixelsPerChannel + other.pixelsPerChannel, mergedSums, mergedSquares);
  }

  /** Images x height x width. */
  public long pixelsPerChannel() {
    return pixelsPerChannel;
  }

  /** The sums of the values 0 to 255, {@code [C]}. */
  public long[] sums() {
    return sums.clone();
  }

  /** The sums of the values' squares, {@code [C]}. */
  public long[] squares() {
    return squares.clone();
  }

  /**
   * Mean and standard deviation over all pixels of each channel, on the scale 0 to 1. A channel
   * without variation gets the deviation 1, so that it becomes 0 and not infinite.
   */
  public Normalization normalization() {
    float[] mean = new float[sums.length];
    float[] deviation = new float[sums.length];
    for (int c = 0; c < sums.length; c++) {
      double average = (double) sums[c] / pixelsPerChannel;
      double variance = (double) squares[c] / pixelsPerChannel - average * average;
      mean[c] = (float) (average / 255);
      deviation[c] = variance > 0 ? (float) (Math.sqrt(variance) / 255) : 1;
    }
    return new Normalization(mean, deviation);
  }
}
