package convoy.driver.monitoring.history;

import convoy.driver.monitoring.event.PredictionAdvanced;
import convoy.driver.monitoring.event.PredictionEnded;
import convoy.driver.monitoring.event.PredictionProgress;
import convoy.driver.monitoring.event.PredictionStarted;

/** What has happened in a prediction job so far. */
public final class PredictionHistory {
  private static final double MILLIS_PER_SECOND = 1e3;

  private final PredictionStarted setup;
  private PredictionAdvanced first;
  private PredictionAdvanced last;
  private PredictionEnded ended;

  /** The history of a job that has begun. */
  public PredictionHistory(PredictionStarted setup) {
    this.setup = setup;
    this.first = new PredictionAdvanced(setup.time(), 0, 0);
    this.last = first;
  }

  /** Adds what happened next. */
  public void add(PredictionProgress event) {
    if (event instanceof PredictionAdvanced advanced && advanced.files() >= last.files()) {
      // Until the first files are done, executors start and open the network.
      first = first.files() == 0 ? advanced : first;
      last = advanced;
    } else if (event instanceof PredictionEnded end) {
      ended = end;
    }
  }

  /** The history as pages show it. */
  public PredictionView view() {
    return new PredictionView(
        setup,
        ended == null ? PredictionView.RUNNING : ended.outcome().name(),
        ended == null ? last.time() : ended.time(),
        last.files(),
        last.unreadable(),
        filesPerSecond(),
        secondsLeft(),
        ended);
  }

  private Double filesPerSecond() {
    return ended == null
        ? rate(last.files() - first.files(), last.time() - first.time())
        : rate(last.files(), last.time() - setup.time());
  }

  private static Double rate(long files, long millis) {
    return files == 0 || millis <= 0 ? null : Digits.five(files * MILLIS_PER_SECOND / millis);
  }

  private Double secondsLeft() {
    Double rate = filesPerSecond();
    return ended != null || rate == null
        ? null
        : Digits.five(Math.max(0, setup.files() - last.files()) / rate);
  }
}
