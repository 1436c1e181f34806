package convoy.driver.progress;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Progress in the log: a line every few seconds, and every hundredth of the time so far when that
 * is longer.
 */
final class ProgressLog implements ProgressDisplay {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressLog.class);
  private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long SHARE = 100;

  private final LongSupplier nanoTime;
  private final long start;
  private long last;
  private String lastText = "";

  ProgressLog(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.last = start;
  }

  @Override
  public synchronized void show(Supplier<ProgressState> now) {
    long time = nanoTime.getAsLong();
    if (time - last >= Math.max(LEAST_NANOS, (time - start) / SHARE)) {
      last = time;
      String text = now.get().text();
      if (!text.equals(lastText)) {
        LOG.info("{}", text);
        lastText = text;
      }
    }
  }

  @Override
  public synchronized void reached(Milestone milestone) {
    last = nanoTime.getAsLong();
    LOG.info("{}", milestone.sentence());
  }

  @Override
  public void close() {
    // What is logged stays.
  }
}
