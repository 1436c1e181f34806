package convoy.driver.monitoring.event;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.spark.SparkContext;

/**
 * Tells Spark's listeners what happens in a training run. Rounds that follow each other quickly are
 * reported together, at a {@link Pace}.
 */
public final class RunEvents {
  private final Consumer<RunEvent> listeners;
  private final Pace pace;
  private RoundEnded waiting;

  /**
   * Events of a run.
   *
   * @param listeners are told
   * @param clock milliseconds
   */
  public RunEvents(Consumer<RunEvent> listeners, LongSupplier clock) {
    this.listeners = listeners;
    this.pace = new Pace(clock);
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
      if (pace.isDue()) {
        flush();
      }
    } else {
      flush();
      listeners.accept(event);
    }
  }

  private void flush() {
    if (waiting != null) {
      listeners.accept(waiting);
      waiting = null;
      pace.posted();
    }
  }
}
