package convoy.driver.data;

import java.io.Serializable;

/** The part of a shard that comes from one slice: places in the shard, pixels and labels. */
final class ShardPiece implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] places;
  private final byte[] pixels;
  private final char[] labels;

  ShardPiece(int[] places, byte[] pixels, char[] labels) {
    this.places = places;
    this.pixels = pixels;
    this.labels = labels;
  }

  /** Where each image stands in the shard, {@code [n]}. */
  int[] places() {
    return places;
  }

  /** The images, uint8 {@code [n][C][H][W]}. */
  byte[] pixels() {
    return pixels;
  }

  /** The labels, uint8 {@code [n]}. */
  char[] labels() {
    return labels;
  }
}
