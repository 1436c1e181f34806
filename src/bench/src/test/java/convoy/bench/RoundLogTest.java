package convoy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundLogTest {
  private static final String FIRST = round(1, 10);

  @Test
  void imagesPerSecond_isTheMedianOfTheRoundsAfterTheFirst() throws ContestantException {
    String epoch = "{\"kind\":\"epoch\",\"epoch\":1,\"imagesPerSecond\":1000.0}";
    assertThat(
            RoundLog.imagesPerSecond(
                List.of(FIRST, round(2, 300), round(3, 100), round(4, 200), epoch)))
        .isEqualTo(200);
  }

  @Test
  void imagesPerSecond_ofOneRound_isRefused() {
    assertThatThrownBy(() -> RoundLog.imagesPerSecond(List.of(FIRST)))
        .isInstanceOf(ContestantException.class)
        .hasMessage(
            "the epoch had 1 rounds, and the first does not count (take a larger image set)");
  }

  private static String round(int round, double imagesPerSecond) {
    return "{\"kind\":\"round\",\"epoch\":1,\"round\":%d,\"imagesPerSecond\":%s}"
        .formatted(round, imagesPerSecond);
  }
}
