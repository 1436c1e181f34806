package convoy.driver.monitoring.event;

/**
 * A prediction job has ended, one way or the other.
 *
 * @param time milliseconds since 1970
 * @param outcome how
 * @param message why, if it failed
 * @param figures of the rows; null if they are not all written
 */
public record PredictionEnded(long time, Outcome outcome, String message, PredictionFigures figures)
    implements PredictionProgress {
  /** How a prediction job ended. */
  public enum Outcome {
    /** The rows are written, and as few files are unreadable as was asked for. */
    FINISHED,
    /** It failed; where there are figures, only because too many files are unreadable. */
    FAILED
  }
}
