package convoy.driver.monitoring.event;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.spark.SparkContext;

/**
 * Tells Spark's listeners what happens in a prediction job. Files that are done are told of at a
 * {@link Pace}: what comes before the next event is due is told of by the event after it.
 */
public final class PredictionEvents {
  private final Consumer<PredictionProgress> listeners;
  private final Pace pace;
  private PredictionAdvanced waiting;

  /**
   * Events of a job.
   *
   * @param listeners are told
   * @param clock milliseconds
   */
  public PredictionEvents(Consumer<PredictionProgress> listeners, LongSupplier clock) {
    this.listeners = listeners;
    this.pace = new Pace(clock);
  }

  /**
   * Events of a job to the listeners of an application.
   *
   * @param job its output directory, a URI
   */
  public static PredictionEvents of(SparkContext spark, String job) {
    return new PredictionEvents(
        event -> spark.listenerBus().post(new PredictionEvent(job, event)),
        System::currentTimeMillis);
  }

  /** Tells the listeners, of files that are done perhaps later. */
  public synchronized void post(PredictionProgress event) {
    if (event instanceof PredictionAdvanced advanced) {
      waiting = advanced;
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
