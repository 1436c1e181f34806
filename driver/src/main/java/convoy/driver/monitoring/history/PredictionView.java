package convoy.driver.monitoring.history;

import convoy.driver.monitoring.event.PredictionEnded;
import convoy.driver.monitoring.event.PredictionStarted;

/**
 * A prediction job as pages show it, and as {@code /training/json} gives it.
 *
 * @param setup what was settled at its start
 * @param state {@value #RUNNING}, or the outcome as {@link PredictionEnded.Outcome} has it
 * @param updated when something happened last, milliseconds since 1970
 * @param filesDone files done so far, those that could not be read included
 * @param unreadable files among them
 * @param filesPerSecond while the job goes on, since the first files were done; then on average
 *     over the whole job; null if that cannot be told
 * @param secondsLeft at that pace; null if that cannot be told
 * @param ended how it ended; null while it goes on
 */
public record PredictionView(
    PredictionStarted setup,
    String state,
    long updated,
    long filesDone,
    long unreadable,
    Double filesPerSecond,
    Double secondsLeft,
    PredictionEnded ended) {
  /** The state of a job of which no end is known. */
  public static final String RUNNING = "RUNNING";
}
