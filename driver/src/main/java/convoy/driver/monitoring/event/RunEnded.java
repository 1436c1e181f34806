package convoy.driver.monitoring.event;

/**
 * A training run has ended, one way or the other.
 *
 * @param time milliseconds since 1970
 * @param outcome how
 * @param message why, if it is not finished
 * @param epoch whose model is published; 0 if none is
 * @param testAccuracy of that model, 0 to 1; null if none is published
 * @param model its directory, a URI; null if none is published
 * @param sha256 of its parameters; null if none is published
 */
public record RunEnded(
    long time,
    Outcome outcome,
    String message,
    int epoch,
    Double testAccuracy,
    String model,
    String sha256)
    implements RunEvent {
  /** How a run ended. */
  public enum Outcome {
    /** Its model is published. */
    FINISHED,
    /** Its numbers were no longer finite, or it learnt nothing. */
    DIVERGED,
    /** It failed otherwise. */
    FAILED
  }
}
