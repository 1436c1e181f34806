package convoy.driver.failure;

/**
 * Something the user can mend: the message is one line that says what cannot be done, why, with the
 * value, and what to do about it. It is printed without a stack trace.
 */
public final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  /** An error with the exit code that tells its category. */
  public UserException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** As above, with the failure underneath for the debug log. */
  public UserException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** The category of the error. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
