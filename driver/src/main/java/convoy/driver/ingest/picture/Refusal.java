package convoy.driver.ingest.picture;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.Shown;
import convoy.driver.failure.UserException;
import java.util.Locale;

/** What is wrong with the source of an import, in one line that names it. */
public final class Refusal {
  private Refusal() {}

  /**
   * A refusal of the source.
   *
   * @param source as the user named it, or the part of it that is wrong
   * @param reason why, and in parentheses what to do; a {@link java.util.Formatter} pattern
   * @param values of the pattern; names from the source as {@link Shown} has them
   */
  public static UserException of(String source, String reason, Object... values) {
    return new UserException(
        ExitCode.INPUT,
        "Cannot import %s: %s"
            .formatted(Shown.path(source), String.format(Locale.ROOT, reason, values)));
  }
}
