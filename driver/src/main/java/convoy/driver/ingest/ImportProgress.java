package convoy.driver.ingest;

import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import org.apache.spark.util.LongAccumulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says every few seconds how many pictures are done. The count is for display: a task that is tried
 * twice counts twice.
 */
final class ImportProgress extends TimerTask implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ImportProgress.class);
  private static final long PERIOD_MILLIS = TimeUnit.SECONDS.toMillis(5);

  private final LongAccumulator done;
  private final long all;
  private final Timer timer = new Timer("import progress", true);
  private long last;

  private ImportProgress(LongAccumulator done, long all) {
    this.done = done;
    this.all = all;
  }

  /** Starts saying it, until it is closed. */
  static ImportProgress start(LongAccumulator done, long all) {
    ImportProgress progress = new ImportProgress(done, all);
    progress.timer.schedule(progress, PERIOD_MILLIS, PERIOD_MILLIS);
    return progress;
  }

  @Override
  public void run() {
    long now = Math.min(done.value(), all);
    if (now > last) {
      last = now;
      LOG.info(String.format(Locale.ROOT, "%,d of %,d pictures", now, all));
    }
  }

  @Override
  public void close() {
    timer.cancel();
  }
}
