package convoy.driver.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepGridTest {
  @Test
  void parse_twoGrids_areTheCombinationsOfEach_lastKeyFastest() {
    SweepGrid grid = SweepGrid.parse("a=1; a=2,4 b=x,y");

    assertThat(grid.points())
        .containsExactly(
            Map.of("a", "1"),
            Map.of("a", "2", "b", "x"),
            Map.of("a", "2", "b", "y"),
            Map.of("a", "4", "b", "x"),
            Map.of("a", "4", "b", "y"));
    assertThat(grid.keys()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a        | 'a' is not key=value,value",
        "=1       | '=1' is not key=value,value",
        "a=1,,2   | a has an empty value",
        "a=1;     | '' is not key=value,value",
        "a=x/y    | a has the value 'x/y', which cannot stand in a folder's name as letters, digits and . _ + - can",
        "a=1=2    | a has the value '1=2', which cannot stand in a folder's name as letters, digits and . _ + - can",
        "a=1 a=2  | a is twice in one grid",
        "a=1; a=1 | a combination of values is in it twice",
        "a=0,1,2,3,4,5,6,7,8,9 b=0,1,2,3,4,5,6,7,8,9 c=0,1,2,3,4,5,6,7,8,9 d=0,1 | it has more than 1000 combinations of values",
      })
  void parse_mistake_isNamed(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SweepGrid.parse(text))
        .withMessage(message);
  }
}
