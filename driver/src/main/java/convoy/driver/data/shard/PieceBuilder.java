package convoy.driver.data.shard;

import java.util.Arrays;

/** Gathers images of one shard until there are enough for a {@link ShardPiece}. */
final class PieceBuilder {
  private final int imageBytes;
  private final int capacity;
  private int[] places = new int[0];
  private char[] labels = new char[0];
  private byte[] pixels = new byte[0];
  private int count;

  /**
   * Pieces of up to {@code capacity} images.
   *
   * @param imageBytes of one image
   */
  PieceBuilder(int imageBytes, int capacity) {
    this.imageBytes = imageBytes;
    this.capacity = capacity;
  }

  void add(int place, int label, byte[] image) {
    if (count == 0) {
      places = new int[capacity];
      labels = new char[capacity];
      pixels = new byte[capacity * imageBytes];
    }
    places[count] = place;
    labels[count] = (char) label;
    System.arraycopy(image, 0, pixels, count * imageBytes, imageBytes);
    count++;
  }

  boolean isEmpty() {
    return count == 0;
  }

  boolean isFull() {
    return count == capacity;
  }

  /** The images gathered since the last call; their arrays are not written to again. */
  ShardPiece take() {
    ShardPiece piece =
        isFull()
            ? new ShardPiece(places, labels, pixels)
            : new ShardPiece(
                Arrays.copyOf(places, count),
                Arrays.copyOf(labels, count),
                Arrays.copyOf(pixels, count * imageBytes));
    count = 0;
    return piece;
  }
}
