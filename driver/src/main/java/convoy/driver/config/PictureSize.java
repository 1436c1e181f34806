package convoy.driver.config;

import convoy.worker.image.ImageShape;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of pictures as people type it: {@code 96} for a square, {@code 128x96} for width x
 * height.
 */
final class PictureSize {
  private static final String OWN = "own";
  private static final int LEAST = 8;
  private static final int MOST = 2048;

  /** What a size is held to. */
  static final String RULE = "a whole number or WIDTHxHEIGHT, each %d to %d".formatted(LEAST, MOST);

  /** What a size is held to where pictures may keep their own. */
  static final String RULE_WITH_OWN = OWN + ", " + RULE;

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(?:x([0-9]{1,9}))?");

  private PictureSize() {}

  /**
   * The shape of three channels that a size means; none if pictures keep their own size.
   *
   * @throws IllegalArgumentException if it is no size
   */
  static Optional<ImageShape> parseWithOwn(String text) {
    return text.equals(OWN) ? Optional.empty() : Optional.of(parse(text));
  }

  /**
   * The shape of three channels that a size means.
   *
   * @throws IllegalArgumentException if it is no size
   */
  static ImageShape parse(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("it is no size");
    }
    int width = side(matcher.group(1));
    int height = matcher.group(2) == null ? width : side(matcher.group(2));
    return new ImageShape(3, height, width);
  }

  private static int side(String digits) {
    int side = Integer.parseInt(digits);
    if (side < LEAST) {
      throw new IllegalArgumentException("%d is too small".formatted(side));
    }
    if (side > MOST) {
      throw new IllegalArgumentException("%d is too large".formatted(side));
    }
    return side;
  }
}
