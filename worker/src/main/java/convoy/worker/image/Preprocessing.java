package convoy.worker.image;

import java.io.Serializable;

/**
 * How a picture becomes the input of a network, the same in training, evaluation and prediction: it
 * is decoded to the stored shape, its middle is cut out, and its bytes are normalized.
 *
 * @param storedShape of the images in a shard
 * @param margin pixels on each side of a stored image beyond the network's input, 0 or more:
 *     training crops anywhere in the stored image, all else in its middle
 * @param fit how a picture of another shape is brought to the stored one
 * @param normalization of the bytes
 */
public record Preprocessing(
    ImageShape storedShape, int margin, Fit fit, Normalization normalization)
    implements Serializable {
  /**
   * Checks that the parts belong together.
   *
   * @throws IllegalArgumentException if the margin leaves nothing, or there is not one mean per
   *     channel
   */
  public Preprocessing {
    if (margin < 0 || 2L * margin >= Math.min(storedShape.height(), storedShape.width())) {
      throw new IllegalArgumentException(
          "Cannot cut a margin of %d pixels off images of %s: nothing is left"
              .formatted(margin, storedShape));
    }
    int means = normalization.mean().length;
    if (means != storedShape.channels()) {
      throw new IllegalArgumentException(
          "Cannot normalize images of %s with statistics of %d channels"
              .formatted(storedShape, means));
    }
  }

  /** Pictures stretched to the shape of the network's input, without a margin. */
  public static Preprocessing stretching(ImageShape inputShape, Normalization normalization) {
    return new Preprocessing(inputShape, 0, Fit.STRETCH, normalization);
  }

  /** The shape of the network's input: the stored shape less the margin on each side. */
  public ImageShape inputShape() {
    return storedShape.withoutMargin(margin);
  }
}
