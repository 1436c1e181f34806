package convoy.driver.config;

import convoy.worker.image.ImageShape;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a profiled network takes and gives.
 *
 * @param inputShape of its images
 * @param classes that it tells apart, 2 to 65,536
 */
public record ProfileConfig(ImageShape inputShape, int classes) {
  private static final int CHANNELS = 3;
  private static final int SMALLEST = 8;
  private static final int LARGEST = 2048;
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(?:x([0-9]{1,9}))?");

  static ProfileConfig read(ConfigReader reader) {
    return new ProfileConfig(
        reader
            .key("profile.size")
            .text(
                "a whole number or WIDTHxHEIGHT, each %d to %d".formatted(SMALLEST, LARGEST),
                ProfileConfig::shape),
        reader.key("profile.classes").wholeNumber(2, 65_536));
  }

  private static ImageShape shape(String size) {
    Matcher sides = SIZE.matcher(size);
    if (!sides.matches()) {
      throw new IllegalArgumentException("it is no size");
    }
    int width = side(sides.group(1));
    int height = sides.group(2) == null ? width : side(sides.group(2));
    return new ImageShape(CHANNELS, height, width);
  }

  private static int side(String pixels) {
    int side = Integer.parseInt(pixels);
    if (side < SMALLEST || side > LARGEST) {
      throw new IllegalArgumentException(
          "%d is too %s".formatted(side, side < SMALLEST ? "small" : "large"));
    }
    return side;
  }
}
