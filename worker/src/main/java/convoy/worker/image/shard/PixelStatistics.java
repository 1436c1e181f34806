package convoy.worker.image.shard;

import convoy.worker.image.Normalization;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Sums of pixel values and of their squares, per channel, in integers: merging is exact, so mean
 * and deviation do not depend on how the images were split. At most 2^63 / 255^2 pixels a channel.
 */
public final class PixelStatistics implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long pixelsPerChannel;
  private final long[] sums;
  private final long[] squares;

  private PixelStatistics(long pixelsPerChannel, long[] sums, long[] squares) {
    this.pixelsPerChannel = pixelsPerChannel;
    this.sums = sums;
    this.squares = squares;
  }

  /** Nothing counted yet, for images of {@code channels} channels. */
  public static PixelStatistics empty(int channels) {
    return new PixelStatistics(0, new long[channels], new long[channels]);
  }

  /** The statistics of a shard. */
  public static PixelStatistics of(ImageShard shard) {
    int channels = shard.shape().channels();
    int plane = shard.shape().pixels() / channels;
    byte[] pixels = shard.pixels();
    long[] sums = new long[channels];
    long[] squares = new long[channels];
    for (int start = 0; start < pixels.length; start += plane) {
      long sum = 0;
      long square = 0;
      for (int i = start; i < start + plane; i++) {
        int value = pixels[i] & 0xff;
        sum += value;
        square += (long) value * value;
      }
      int channel = start / plane % channels;
      sums[channel] += sum;
      squares[channel] += square;
    }
    return new PixelStatistics((long) shard.count() * plane, sums, squares);
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
