package convoy.driver.config;

import convoy.worker.image.ImageShape;

/**
 * What a profiled network takes and gives.
 *
 * @param inputShape of its images
 * @param classes that it tells apart, 2 to 65,536
 */
public record ProfileConfig(ImageShape inputShape, int classes) {
  static ProfileConfig read(ConfigReader reader) {
    return new ProfileConfig(
        reader.key("profile.size").text(PictureSize.RULE, PictureSize::parse),
        reader.key("profile.classes").wholeNumber(2, 65_536));
  }
}
