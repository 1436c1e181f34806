package convoy.driver.cli;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import java.io.PrintWriter;
import java.util.List;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the user why a command failed. A user's mistake is told as it is, wherever it was found:
 * Spark wraps what an executor threw. Anything else is told in one line, and its stack trace goes
 * to the log.
 */
public final class FailureReport {
  private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

  private FailureReport() {}

  /**
   * Prints the failure, each line with the program's name before it. While the process is being
   * ended, only a user's mistake is: anything else fails because of that.
   *
   * @return what to tell the shell
   */
  public static ExitCode print(Throwable failure, PrintWriter err) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserException mistake) {
        LOG.debug("A user's mistake", failure);
        mistake.getMessage().lines().forEach(line -> err.println("convoy: " + line));
        err.flush();
        return mistake.exitCode();
      }
    }
    if (ShutdownHookManager.get().isShutdownInProgress()) {
      return ExitCode.INTERNAL;
    }
    LOG.error("The command failed", failure);
    err.println(
        "convoy: Cannot finish: %s (the log has the stack trace)".formatted(firstLine(failure)));
    err.flush();
    return ExitCode.INTERNAL;
  }

  private static String firstLine(Throwable failure) {
    List<String> lines = failure.toString().lines().toList();
    String first = lines.get(0).stripTrailing();
    // Spark gives the reason on a line of its own.
    return first.endsWith(":") && lines.size() > 1 ? first + " " + lines.get(1).strip() : first;
  }
}
