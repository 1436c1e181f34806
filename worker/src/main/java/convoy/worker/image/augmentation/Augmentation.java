package convoy.worker.image.augmentation;

import java.io.Serializable;

/**
 * How training images are varied, in this order: a horizontal flip; a crop of the network's input
 * size out of the stored image with {@code cropPadding} black pixels around it (both as in He et
 * al., "Deep Residual Learning for Image Recognition", 2015, section 4.2), or in its place a
 * resized crop ({@link ResizedCrop}); a change of the colours ({@link ColourJitter}); and a square
 * cut out of what is left to see ({@link Cutout}). Black is byte 0, before normalization.
 *
 * @param flip which images are mirrored
 * @param cropPadding pixels of padding on each side, 0 (none) or more; without a meaning where
 *     there is a resized crop
 * @param resizedCrop what parts of the stored image are brought to the size of the input
 * @param jitter how far the colours are changed
 * @param cutout side of the square as a share of the input's shorter side, rounded to whole pixels;
 *     0 for none
 */
public record Augmentation(
    Flip flip, int cropPadding, ResizedCrop resizedCrop, ColourJitter jitter, double cutout)
    implements Serializable {
  /** Which images are mirrored left to right. */
  public enum Flip {
    /** None. */
    NONE,
    /** Each with probability one half, drawn anew each time. */
    RANDOM,
    /**
     * Each in every other epoch, half of them in the first: any two successive epochs show an image
     * both ways (Jordan, "94% on CIFAR-10 in 3.29 Seconds on a Single GPU", 2024, section 3.6).
     */
    ALTERNATING
  }

  /** The images as they are. */
  public static final Augmentation NONE =
      new Augmentation(Flip.NONE, 0, ResizedCrop.NONE, ColourJitter.NONE, 0);
}
