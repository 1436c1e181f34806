package convoy.driver.monitoring.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunEventsTest {
  private final List<RunEvent> told = new ArrayList<>();
  private long now;
  private final RunEvents events = new RunEvents(told::add, () -> now);

  private RoundEnded round(int round, double loss) {
    return new RoundEnded(
        now, 1, round, 1, 100, loss, 0.5, 0.1, 50, 0.5, 1, 0.25, 0.25, List.of(1.0), List.of(0.1));
  }

  @Test
  void slowRounds_areToldOfAtOnce() {
    for (int round = 1; round <= 3; round++) {
      now += 1_000;
      events.post(round(round, 1));
      assertThat(told).hasSize(round);
    }
  }

  @Test
  void quickRounds_areToldOfTogether_andNoneIsLost() {
    // 10,000 rounds of 1 ms.
    for (int round = 1; round <= 10_000; round++) {
      now++;
      events.post(round(round, round));
    }
    events.post(new RunTested(now, 1, null));

    assertThat(told).hasSizeLessThanOrEqualTo(13).last().isInstanceOf(RunTested.class);
    List<RoundEnded> rounds =
        told.stream().limit(told.size() - 1).map(RoundEnded.class::cast).toList();
    assertThat(rounds.stream().mapToInt(RoundEnded::rounds).sum()).isEqualTo(10_000);
    assertThat(rounds.stream().mapToLong(RoundEnded::examples).sum()).isEqualTo(1_000_000);
    assertThat(
            rounds.stream().mapToDouble(round -> round.trainLoss() * round.rounds()).sum() / 10_000)
        .isCloseTo(5_000.5, within(1e-6));
    assertThat(rounds.get(rounds.size() - 1).round()).isEqualTo(10_000);
    // 100 images in 2 s, however many rounds are told of together.
    assertThat(rounds).allSatisfy(round -> assertThat(round.imagesPerSecond()).isEqualTo(50));
  }

  @Test
  void longRun_isToldOfLessOften() {
    now = 10_000_000;
    for (int second = 0; second < 1_000; second++) {
      now += 1_000;
      events.post(round(second, 1));
    }

    assertThat(told).hasSizeBetween(80, 110);
  }
}
