package convoy.driver.progress;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.driver.progress.ProgressState.Fact;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

final class ProgressStateTest {
  private static final ProgressState STATE =
      new ProgressState(
          0.5,
          List.of(new Fact(0, "epoch 3/30"), new Fact(2, "loss 1.43"), new Fact(1, "4 s left")));

  @Test
  void wideLine_hasTheBarAndAllFacts() {
    assertThat(STATE.line(80)).isEqualTo("[########........] epoch 3/30, loss 1.43, 4 s left");
  }

  @Test
  void narrowLine_leavesOutTheFactOfTheHighestRankFirst() {
    assertThat(STATE.line(40)).isEqualTo("[#####.....] epoch 3/30, 4 s left");
    assertThat(STATE.line(24)).isEqualTo("[#####.....] epoch 3/30");
    assertThat(STATE.line(12)).isEqualTo("epoch 3/30");
    assertThat(STATE.line(5)).isEqualTo("epoch");
  }

  @RepeatedTest(20)
  void line_isNeverLongerThanTheTerminal(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    ProgressState state =
        new ProgressState(
            random.nextDouble() * 1.2 - 0.1,
            IntStream.range(0, random.nextInt(8))
                .mapToObj(i -> new Fact(random.nextInt(4), "x".repeat(random.nextInt(40))))
                .toList());

    for (int columns = 1; columns < 250; columns++) {
      assertThat(state.line(columns)).hasSizeLessThanOrEqualTo(columns).doesNotContain("\n");
    }
    assertThat(state.line(1_000)).endsWith(state.text());
  }
}
