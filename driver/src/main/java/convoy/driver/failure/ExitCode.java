package convoy.driver.failure;

/** The exit codes of Convoy's commands. */
public enum ExitCode {
  /** The command succeeded. */
  OK(0),
  /** A fault of Convoy or of the cluster; the log holds the stack trace. */
  INTERNAL(1),
  /** The command line or the configuration is wrong. */
  USAGE(2),
  /** The data, the model or the output location is wrong. */
  INPUT(3),
  /** The training cannot come to anything: its loss is no finite number, or it does not learn. */
  DIVERGED(4),
  /**
   * More images were unreadable than {@code prediction.max-unreadable-share} or {@code
   * import.max-rejected-share} allows.
   */
  UNREADABLE_IMAGES(5);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The process exit status, 0 to 5. */
  public int code() {
    return code;
  }
}
