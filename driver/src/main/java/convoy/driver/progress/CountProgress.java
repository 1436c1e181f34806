package convoy.driver.progress;

import convoy.driver.progress.ProgressState.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Shows, until it is closed, how many things of a known number are done. The count is for display:
 * a task that is tried twice counts twice.
 */
public final class CountProgress extends TimerTask implements AutoCloseable {
  private static final long PERIOD_MILLIS = 200;

  private final String things;
  private final LongSupplier done;
  private final long all;
  private final long start = System.nanoTime();
  private final ProgressDisplay display = ProgressDisplay.open();
  private final Timer timer = new Timer("progress", true);

  private CountProgress(String things, LongSupplier done, long all) {
    this.things = things;
    this.done = done;
    this.all = all;
  }

  /**
   * Begins to show it.
   *
   * @param things what is counted, such as {@code pictures}
   * @param done how many are done, asked from another thread
   * @param all how many there are
   */
  public static CountProgress start(String things, LongSupplier done, long all) {
    CountProgress progress = new CountProgress(things, done, all);
    progress.timer.schedule(progress, PERIOD_MILLIS, PERIOD_MILLIS);
    return progress;
  }

  @Override
  public void run() {
    long now = Math.min(done.getAsLong(), all);
    if (now > 0) {
      double seconds = (double) (System.nanoTime() - start) / TimeUnit.SECONDS.toNanos(1);
      display.show(() -> state(things, now, all, seconds));
    }
  }

  /** How far it is, when {@code done} of {@code all} have taken so long. */
  static ProgressState state(String things, long done, long all, double seconds) {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact(0, "%s of %s %s".formatted(Figures.count(done), Figures.count(all), things)));
    facts.add(new Fact(2, "%s %s/s".formatted(Figures.rounded(done / seconds), things)));
    facts.add(new Fact(1, Figures.time((all - done) * seconds / done) + " left"));
    return new ProgressState((double) done / all, facts);
  }

  @Override
  public void close() {
    timer.cancel();
    display.close();
  }
}
