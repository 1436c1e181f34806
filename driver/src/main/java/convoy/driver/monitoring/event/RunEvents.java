package convoy.driver.monitoring.event;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.spark.SparkContext;

/**
 * Tells Spark's listeners what happens in a training run. Rounds that follow each other quickly are
 * reported together, so that a run of many rounds stays small in Spark's event log: at most one
 * event a second, and at most one in a thousandth of the time that the run has taken.
 */
public final class RunEvents {
  private static final long LEAST_MILLIS = 1_000;
  private static final long SHARE_OF_RUN = 1_000;

  private final Consumer<RunEvent> listeners;
  private final LongSupplier clock;
  private final long start;
  private long lastPosted;
  private RoundEnded waiting;

  /**
   * Events of a run.
   *
   * @param listeners are told
   * @param clock milliseconds
   */
  public RunEvents(Consumer<RunEvent> listeners, LongSupplier clock) {
    this.listeners = listeners;
    this.clock = clock;
    this.start = clock.getAsLong();
    this.lastPosted = start - LEAST_MILLIS;
  }

  /**
   * Events of a run to the listeners of an application.
   *
   * @param run its output directory, a URI
   */
  public static RunEvents of(SparkContext spark, String run) {
    return new RunEvents(
        event -> spark.listenerBus().post(new TrainingEvent(run, event)),
        System::currentTimeMillis);
  }

  /** Tells the listeners; a round may be reported later, together with others. */
  public void post(RunEvent event) {
    if (event instanceof RoundEnded round) {
      waiting = waiting == null ? round : waiting.and(round);
      if (clock.getAsLong() - lastPosted >= pace()) {
        flush();
      }
    } else {
      flush();
      listeners.accept(event);
    }
  }

  private long pace() {
    return Math.max(LEAST_MILLIS, (clock.getAsLong() - start) / SHARE_OF_RUN);
  }

  private void flush() {
    if (waiting != null) {
      listeners.accept(waiting);
      waiting = null;
      lastPosted = clock.getAsLong();
    }
  }
}
