package convoy.bench;

/** A contestant cannot be measured, or not any further: its row of the table says why. */
final class ContestantException extends Exception {
  private static final long serialVersionUID = 1L;

  ContestantException(String message) {
    super(message);
  }

  ContestantException(String message, Throwable cause) {
    super(message, cause);
  }
}
