package convoy.driver.progress;

import java.util.function.Supplier;

/**
 * Shows people how far something is: on a terminal as a line that renews itself, elsewhere as a
 * line of the log every few seconds.
 */
public interface ProgressDisplay extends AutoCloseable {
  /**
   * Something worth a line of its own that stays.
   *
   * @param heading of the table that {@code row} is of, for a terminal
   * @param row of that table, for a terminal
   * @param sentence for the log
   */
  record Milestone(String heading, String row, String sentence) {}

  /** One on the standard error, which shows nothing yet. */
  static ProgressDisplay open() {
    return Terminal.in(System.getenv())
        .<ProgressDisplay>map(terminal -> new ProgressBar(terminal, System.err))
        .orElseGet(() -> new ProgressLog(System::nanoTime));
  }

  /**
   * Shows how far it is, unless that was shown a moment ago.
   *
   * @param now is asked for only if it is shown
   */
  void show(Supplier<ProgressState> now);

  /** Shows that something is reached. */
  void reached(Milestone milestone);

  /** Takes away what does not stay. Nothing is shown afterwards. */
  @Override
  void close();
}
