package convoy.worker.image.shard;

import convoy.worker.image.ImageShape;

/** Adds up {@link PixelStatistics} image by image, exactly; the order does not matter. */
public final class PixelCounter {
  private final int plane;
  private final long[] sums;
  private final long[] squares;
  private long images;

  /** A counter that has seen no image yet. */
  public PixelCounter(ImageShape shape) {
    plane = shape.height() * shape.width();
    sums = new long[shape.channels()];
    squares = new long[shape.channels()];
  }

  /** Counts one image, uint8 {@code [C][H][W]}, which starts at {@code offset}. */
  public void add(byte[] pixels, int offset) {
    for (int channel = 0; channel < sums.length; channel++) {
      int start = offset + channel * plane;
      long sum = 0;
      long square = 0;
      for (int i = start; i < start + plane; i++) {
        int value = pixels[i] & 0xff;
        sum += value;
        square += (long) value * value;
      }
      sums[channel] += sum;
      squares[channel] += square;
    }
    images++;
  }

  /** The statistics of the images counted so far. */
  public PixelStatistics statistics() {
    return new PixelStatistics(images * plane, sums, squares);
  }
}
