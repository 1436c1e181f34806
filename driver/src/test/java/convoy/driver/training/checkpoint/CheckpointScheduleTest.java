package convoy.driver.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CheckpointScheduleTest {
  // Nanosecond clocks may start anywhere, below zero too.
  private final AtomicLong clock = new AtomicLong(-TimeUnit.MINUTES.toNanos(2));

  private CheckpointSchedule schedule(int everyEpochs, double everyMinutes) {
    return new CheckpointSchedule(new CheckpointSpec(everyEpochs, everyMinutes, 2), clock::get);
  }

  private void pass(double minutes) {
    clock.addAndGet((long) (minutes * TimeUnit.MINUTES.toNanos(1)));
  }

  @Test
  void roundIsDue_whenTheLastCheckpointIsOldEnough_andNotAgainUntilThenAfterIt() {
    CheckpointSchedule schedule = schedule(1, 10);

    pass(9.9);
    assertThat(schedule.isDueAfterRound()).isFalse();
    pass(0.1);
    assertThat(schedule.isDueAfterRound()).isTrue();
    schedule.saved();
    assertThat(schedule.isDueAfterRound()).isFalse();
    pass(10);
    assertThat(schedule.isDueAfterRound()).isTrue();
  }

  @Test
  void everyThirdEpochIsDue() {
    CheckpointSchedule schedule = schedule(3, 0);

    pass(1e6);
    assertThat(IntStream.rangeClosed(1, 10).filter(schedule::isDueAfterEpoch))
        .containsExactly(3, 6, 9);
    assertThat(schedule.isDueAfterRound()).isFalse();
  }

  @Test
  void withoutEpochs_onlyThoseByTimeAreDue() {
    CheckpointSchedule schedule = schedule(0, 1);

    assertThat(IntStream.rangeClosed(1, 10).filter(schedule::isDueAfterEpoch)).isEmpty();
    pass(1);
    assertThat(schedule.isDueAfterEpoch(4)).isTrue();
  }
}
