package convoy.driver.config;

/**
 * How training images are varied.
 *
 * @param flip whether half of them are mirrored left to right
 * @param cropPadding pixels of border that they are cropped from, 0 for no crop
 */
public record AugmentationConfig(boolean flip, int cropPadding) {
  static AugmentationConfig read(ConfigReader reader) {
    return new AugmentationConfig(
        reader.flag("augmentation.flip"), reader.wholeNumber("augmentation.crop-padding", 0, 64));
  }
}
