package convoy.it;

import java.time.Duration;
import java.util.List;

/**
 * How a program ended.
 *
 * @param exitCode of the process
 * @param out lines of its standard output
 * @param err lines of its standard error: the log, and what it tells its user of a failure
 * @param time from start to end
 */
record Outcome(int exitCode, List<String> out, List<String> err, Duration time) {
  private static final String NAME = "convoy: ";

  /** What Convoy tells its user of a failure, without its name before each line. */
  List<String> complaints() {
    return err.stream()
        .filter(line -> line.startsWith(NAME))
        .map(line -> line.substring(NAME.length()))
        .toList();
  }

  /** Whether a stack trace was printed. */
  boolean hasStackTrace() {
    return err.stream().anyMatch(line -> line.startsWith("\tat "));
  }

  /** All that the program printed, for the message of a failing test. */
  String text() {
    return "exit code %d after %d ms%n%s%n%s"
        .formatted(exitCode, time.toMillis(), String.join("\n", out), String.join("\n", err));
  }
}
