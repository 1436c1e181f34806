package convoy.driver.monitoring.event;

import java.util.function.LongSupplier;

/**
 * When the next event is due, so that what takes long stays small in Spark's event log: at most one
 * event a second, and at most one in a thousandth of the time that has passed since the start.
 */
final class Pace {
  private static final long LEAST_MILLIS = 1_000;
  private static final long SHARE = 1_000;

  private final LongSupplier clock;
  private final long start;
  private long last;

  /**
   * The first event is due at once.
   *
   * @param clock milliseconds
   */
  Pace(LongSupplier clock) {
    this.clock = clock;
    this.start = clock.getAsLong();
    this.last = start - LEAST_MILLIS;
  }

  /** Whether an event may be posted now. */
  boolean isDue() {
    long now = clock.getAsLong();
    return now - last >= Math.max(LEAST_MILLIS, (now - start) / SHARE);
  }

  /** An event is posted now. */
  void posted() {
    last = clock.getAsLong();
  }
}
