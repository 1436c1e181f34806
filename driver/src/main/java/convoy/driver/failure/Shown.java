package convoy.driver.failure;

/** Names and values from a user's data as a message of one line can show them. */
public final class Shown {
  /** More than nearly all names have, and short enough to leave the rest of a message in sight. */
  private static final int MOST_CHARACTERS = 100;

  private Shown() {}

  /**
   * The name with {@code ?} for each control character and line end, and with {@code ...} for what
   * follows its first 100 characters. Of a name that needs neither, the name itself.
   */
  public static String name(String name) {
    StringBuilder shown = new StringBuilder();
    name.codePoints()
        .limit(MOST_CHARACTERS)
        .map(character -> breaksLine(character) ? '?' : character)
        .forEach(shown::appendCodePoint);
    return shown.length() < name.length() ? shown + "..." : shown.toString();
  }

  private static boolean breaksLine(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }
}
