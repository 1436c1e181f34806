package convoy.driver.training.metrics;

import convoy.driver.monitoring.event.RunEvent;
import convoy.driver.progress.ProgressDisplay;

/** Tells people at the standard error how a training run goes. */
public interface RunLog extends AutoCloseable {
  /** One with that much detail. */
  static RunLog of(LogDetail detail) {
    return switch (detail) {
      case AUTO -> new RunSummary(ProgressDisplay.open());
      case ROUNDS -> new RoundLines();
    };
  }

  /** Tells what has happened. */
  void add(RunEvent event);

  /** Takes note of what an earlier attempt did. */
  void addEarlier(RunEvent event);

  /** Takes away what does not stay. */
  @Override
  void close();
}
