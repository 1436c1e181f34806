package convoy.driver.progress;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Progress on a terminal: a line that renews itself, and above it the rows of a table and whatever
 * else is written to the standard error meanwhile.
 */
final class ProgressBar implements ProgressDisplay {
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Before the last words of a session, which stay on the terminal. */
  private static final int HOOK_PRIORITY = FileSystem.SHUTDOWN_HOOK_PRIORITY + 90;

  private final int columns;
  private final PrintStream before;
  private final LiveLine live;
  private final PrintStream above;
  private final Runnable hook = this::end;
  private long dueAt = System.nanoTime();
  private String heading = "";
  private boolean ended;

  /** Takes over the standard error until it is closed. */
  ProgressBar(Terminal terminal, PrintStream standardError) {
    // A line as wide as the terminal makes some of them scroll.
    this.columns = Math.max(1, terminal.columns() - 1);
    this.before = standardError;
    this.live = new LiveLine(standardError);
    this.above = new PrintStream(live, true, UTF_8);
    System.setErr(above);
    ShutdownHookManager.get().addShutdownHook(hook, HOOK_PRIORITY);
  }

  @Override
  public synchronized void show(Supplier<ProgressState> now) {
    if (!ended && System.nanoTime() - dueAt >= 0) {
      live.show(now.get().line(columns));
      dueAt = System.nanoTime() + PERIOD_NANOS;
    }
  }

  @Override
  public synchronized void reached(Milestone milestone) {
    if (!ended) {
      boolean begins = !milestone.heading().equals(heading);
      heading = milestone.heading();
      above.print((begins ? heading + "\n" : "") + milestone.row() + "\n");
      above.flush();
      dueAt = System.nanoTime();
    }
  }

  @Override
  public void close() {
    end();
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }

  private synchronized void end() {
    if (!ended) {
      ended = true;
      live.show("");
      if (System.err == above) {
        System.setErr(before);
      }
    }
  }
}
