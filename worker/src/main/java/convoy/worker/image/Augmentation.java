package convoy.worker.image;

import java.io.Serializable;
import java.util.Random;

/**
 * Random variation of training images on their bytes: a horizontal flip with probability one half,
 * and a crop of the original size out of the image with {@code cropPadding} black pixels around it
 * (both as in He et al., "Deep Residual Learning for Image Recognition", 2015, section 4.2). Black
 * is byte 0, before normalization.
 *
 * @param flip whether to flip
 * @param cropPadding pixels of padding on each side, 0 (no crop) or more
 */
public record Augmentation(boolean flip, int cropPadding) implements Serializable {
  /** The images as they are. */
  public static final Augmentation NONE = new Augmentation(false, 0);

  /** One image's draw: whether it is mirrored, and how far the crop's origin lies from its own. */
  record Draw(boolean mirrored, int down, int right) {}

  Draw draw(Random random) {
    boolean mirrored = flip && random.nextBoolean();
    int down = cropPadding == 0 ? 0 : random.nextInt(2 * cropPadding + 1) - cropPadding;
    int right = cropPadding == 0 ? 0 : random.nextInt(2 * cropPadding + 1) - cropPadding;
    return new Draw(mirrored, down, right);
  }
}
