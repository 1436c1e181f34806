package convoy.driver.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FiguresTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.4312 | 1.43",
        "0.99999 | 1.00",
        "0.012345 | 0.0123",
        "12.34 | 12.3",
        "203.4 | 203",
        "999.6 | 1,000",
        "1963.2 | 1,960",
        "1234567 | 1,230,000",
        "0 | 0",
        "5 | 5.00",
        "NaN | NaN",
        "Infinity | Infinity"
      })
  void rounded_hasThreeDigits(double value, String text) {
    assertThat(Figures.rounded(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0.612, 61.2 %", "1, 100.0 %", "0, 0.0 %"})
  void percent_hasOneDecimal(double share, String text) {
    assertThat(Figures.percent(share)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "39.6, 40 s",
    "119.4, 119 s",
    "240, 4 min",
    "3599, 1 h 0 min",
    "7500, 2 h 5 min",
    "86399, 1 d 0 h",
    "183600, 2 d 3 h"
  })
  void time_isInItsLargestUnits(double seconds, String text) {
    assertThat(Figures.time(seconds)).isEqualTo(text);
  }
}
