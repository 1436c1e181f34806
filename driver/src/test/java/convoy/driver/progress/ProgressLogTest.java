package convoy.driver.progress;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.driver.progress.ProgressDisplay.Milestone;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProgressLogTest {
  private final AtomicLong seconds = new AtomicLong();
  private final ProgressLog log = new ProgressLog(() -> TimeUnit.SECONDS.toNanos(seconds.get()));

  /** How often a line is written while something is shown every second until then. */
  private int lines(long until) {
    AtomicInteger lines = new AtomicInteger();
    while (seconds.incrementAndGet() <= until) {
      log.show(
          () -> {
            lines.incrementAndGet();
            return new ProgressState(0, List.of());
          });
    }
    return lines.get();
  }

  @Test
  void line_isWrittenEveryFiveSeconds() {
    assertThat(lines(60)).isEqualTo(12);
  }

  @Test
  void sentenceThatSomethingIsReached_takesThePlaceOfALine() {
    lines(4);
    log.reached(new Milestone("heading", "row", "sentence"));

    assertThat(lines(9)).isZero();
  }

  @Test
  void dayOfTraining_hasAtMostSomeHundredLines() {
    assertThat(lines(TimeUnit.DAYS.toSeconds(1))).isBetween(100, 700);
  }
}
