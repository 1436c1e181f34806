package convoy.driver.ingest;

import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.util.LongAccumulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says every few seconds how many pictures are done. The count is for display: a task that is tried
 * twice counts twice.
 */
final class ImportProgress implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ImportProgress.class);
  private static final long PERIOD_SECONDS = 5;

  private final LongAccumulator done;
  private final long all;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "import progress");
            thread.setDaemon(true);
            return thread;
          });
  private long last;

  /** Starts saying it, until it is closed. */
  ImportProgress(LongAccumulator done, long all) {
    this.done = done;
    this.all = all;
    timer.scheduleWithFixedDelay(this::say, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  private void say() {
    long now = Math.min(done.value(), all);
    if (now > last) {
      last = now;
      LOG.info(String.format(Locale.ROOT, "%,d of %,d pictures", now, all));
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
