package convoy.driver.monitoring.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThinnedTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 6, 7, 100, 10_000})
  void points_coverEveryValue_inOrder_withinTheCapacity(int values) {
    Thinned<int[]> series = new Thinned<>(6, (one, next) -> new int[] {one[0], next[1]});
    for (int value = 0; value < values; value++) {
      series.add(new int[] {value, value});
    }

    int next = 0;
    for (int[] range : series.points()) {
      assertThat(range[0]).isEqualTo(next);
      next = range[1] + 1;
    }
    assertThat(next).isEqualTo(values);
    assertThat(series.points()).hasSizeLessThanOrEqualTo(6);
  }
}
