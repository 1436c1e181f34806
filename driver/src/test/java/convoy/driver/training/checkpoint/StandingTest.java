package convoy.driver.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StandingTest {
  private static Standing after(double... accuracies) {
    Standing standing = Standing.START;
    for (int epoch = 1; epoch <= accuracies.length; epoch++) {
      standing = standing.after(epoch, accuracies[epoch - 1], 0.1, new float[] {epoch});
    }
    return standing;
  }

  @Test
  void bestEpoch_isTheEarliestOfEquals_withItsParameters() {
    Standing standing = after(0.5, 0.75, 0.6, 0.75, 0.7);

    assertThat(standing.bestEpoch()).isEqualTo(2);
    assertThat(standing.bestAccuracy()).isEqualTo(0.75);
    assertThat(standing.bestParameters()).containsExactly(2);
    assertThat(standing.lastAccuracy()).isEqualTo(0.7);
  }

  @Test
  void firstEpoch_isTheBest_evenIfItKnowsNothing() {
    assertThat(after(0, 0).bestEpoch()).isEqualTo(1);
  }

  @Test
  void epochsAtChance_areTheSuccessiveOnesUpToTheLast() {
    assertThat(after(0.1, 0.2, 0.1, 0.05).epochsAtChance()).isEqualTo(2);
    assertThat(after(0.1, 0.2).epochsAtChance()).isZero();
  }
}
