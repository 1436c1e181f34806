package convoy.driver.cli;

import convoy.driver.config.ConvoyConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** One command of Convoy: its name, its options, and what it does. */
public interface ConvoyCommand {
  /** The word it is called by. */
  String name();

  /** What it does, one sentence for the help. */
  String purpose();

  /** The options it has beside {@code --config}, {@code --set} and {@code --print-config}. */
  List<KeyOption> options();

  /**
   * Runs the command.
   *
   * @param config checked; every required option was given
   * @param out for what the user asked to see
   * @throws convoy.driver.failure.UserException if the user can mend what went wrong
   * @throws IOException if a file system failed
   */
  void run(ConvoyConfig config, PrintWriter out) throws IOException;
}
