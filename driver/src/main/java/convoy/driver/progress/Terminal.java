package convoy.driver.progress;

import java.util.Map;
import java.util.Optional;

/**
 * The terminal that the standard error is, if it is one. Java cannot tell; {@code scripts/convoy}
 * can, and says it in the environment.
 *
 * @param columns how wide it is, 1 or more
 */
record Terminal(int columns) {
  private static final String VARIABLE = "CONVOY_COLUMNS";
  private static final int USUAL_COLUMNS = 80;

  /** That of an environment; none where the variable is missing. */
  static Optional<Terminal> in(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(VARIABLE)).map(Terminal::of);
  }

  private static Terminal of(String columns) {
    // A pseudo-terminal that nobody sized says 0 or nothing.
    return new Terminal(
        columns.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(columns) : USUAL_COLUMNS);
  }
}
