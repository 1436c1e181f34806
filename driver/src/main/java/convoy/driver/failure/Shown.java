package convoy.driver.failure;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Shortens and escapes names and values from a user's data, so that they fit into a message of one
 * line.
 */
public final class Shown {
  private static final int FIRST_SHOWN = 60;

  /** Those of a path say which file it is. */
  private static final int LAST_SHOWN = 40;

  private Shown() {}

  /**
   * The name with {@code ?} for each control character and line end. Of one with more than 100
   * characters only the first 60 and the last 40 are shown, with {@code ...} between them.
   */
  public static String name(String name) {
    int[] characters =
        name.codePoints().map(character -> breaksLine(character) ? '?' : character).toArray();
    int hidden = characters.length - FIRST_SHOWN - LAST_SHOWN;
    return hidden <= 0
        ? new String(characters, 0, characters.length)
        : new String(characters, 0, FIRST_SHOWN)
            + "..."
            + new String(characters, FIRST_SHOWN + hidden, LAST_SHOWN);
  }

  /** The path with each of its parts as {@link #name} shows it, so that the file is in sight. */
  public static String path(String path) {
    return Arrays.stream(path.split("/", -1)).map(Shown::name).collect(Collectors.joining("/"));
  }

  private static boolean breaksLine(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }
}
