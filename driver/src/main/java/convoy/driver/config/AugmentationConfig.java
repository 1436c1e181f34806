package convoy.driver.config;

import convoy.worker.image.augmentation.Augmentation;

/**
 * How training images are varied.
 *
 * @param flip which of them are mirrored left to right
 * @param cropPadding pixels of border that they are cropped from, 0 for no crop
 * @param cutout side in pixels of the square that is blanked, 0 for none
 */
public record AugmentationConfig(Augmentation.Flip flip, int cropPadding, int cutout) {
  static AugmentationConfig read(ConfigReader reader) {
    return new AugmentationConfig(
        reader.key("augmentation.flip").decidesResult().choice(Augmentation.Flip.class),
        reader.key("augmentation.crop-padding").decidesResult().wholeNumber(0, 64),
        reader.key("augmentation.cutout").decidesResult().wholeNumber(0, 64));
  }
}
