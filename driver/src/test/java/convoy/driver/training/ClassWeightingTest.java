package convoy.driver.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassWeightingTest {
  @Test
  void balanced_isScikitLearnsFormula_withAMeanOfOneOverTheImages() {
    // sklearn.utils.class_weight.compute_class_weight("balanced", ...) of 6, 3 and 1 labels.
    List<Double> weights = ClassWeighting.BALANCED.of(List.of(6L, 3L, 1L));

    assertThat(weights.get(0)).isCloseTo(0.55555556, within(1e-8));
    assertThat(weights.get(1)).isCloseTo(1.11111111, within(1e-8));
    assertThat(weights.get(2)).isCloseTo(3.33333333, within(1e-8));
    assertThat((6 * weights.get(0) + 3 * weights.get(1) + weights.get(2)) / 10)
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void balanced_ofEqualClasses_weighsNothing() {
    assertThat(ClassWeighting.BALANCED.of(List.of(5L, 5L))).containsExactly(1.0, 1.0);
  }

  @Test
  void none_hasNoWeights() {
    assertThat(ClassWeighting.NONE.of(List.of(6L, 0L))).isEmpty();
  }
}
