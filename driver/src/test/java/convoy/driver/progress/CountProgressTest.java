package convoy.driver.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CountProgressTest {
  @Test
  void state_tellsCountPaceAndTimeLeft() {
    ProgressState state = CountProgress.state("pictures", 1_500, 6_000, 60);

    assertThat(state.share()).isEqualTo(0.25);
    assertThat(state.text()).isEqualTo("1,500 of 6,000 pictures, 25.0 pictures/s, 3 min left");
  }

  @ParameterizedTest
  @CsvSource({"120, 120", "0, 80", "'', 80", "many, 80"})
  void terminal_isAsWideAsTheEnvironmentSays_orAsUsual(String value, int columns) {
    assertThat(Terminal.in(Map.of("CONVOY_COLUMNS", value))).contains(new Terminal(columns));
    assertThat(Terminal.in(Map.of())).isEmpty();
  }
}
