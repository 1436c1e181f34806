package convoy.driver.config;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import java.util.ArrayList;
import java.util.List;

/** The mistakes found in a configuration, one line each, gathered so that all are reported. */
final class ConfigProblems {
  private final List<String> lines = new ArrayList<>();

  /** Notes a value that cannot be used. */
  void addValue(Setting setting, String reason, String remedy) {
    add("Cannot use %s: %s (%s)".formatted(setting.described(), reason, remedy));
  }

  /** Notes any other mistake, as one line. */
  void add(String line) {
    lines.add(line);
  }

  /**
   * Ends with all of them.
   *
   * @throws UserException with one line per mistake, if there is one
   */
  void throwIfAny() {
    if (!lines.isEmpty()) {
      throw new UserException(ExitCode.USAGE, String.join("\n", lines));
    }
  }
}
