package convoy.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.worker.training.ConsensusMean.Kind;
import org.junit.jupiter.api.Test;

class ConsensusMeanTest {
  private static final float[] NONE = {};

  /** The mean after {@code rounds} equal rounds of a training run whose consensus is the round. */
  private static float[] mean(ConsensusMean rule, int rounds, int roundsPerEpoch, double epochs) {
    float[] mean = NONE;
    for (int round = 1; round <= rounds; round++) {
      mean =
          rule.next(
              mean,
              new float[] {round},
              (double) (round - 1) / roundsPerEpoch,
              (double) round / roundsPerEpoch,
              epochs);
    }
    return mean;
  }

  @Test
  void exponential_halvesTheWeightEachHalfLife_andSumsToOneFromTheStart() {
    ConsensusMean rule = new ConsensusMean(Kind.EXPONENTIAL, 0.5, 0);
    // Four rounds an epoch: a weight halves every two rounds.
    double sum = 0;
    double weights = 0;
    for (int round = 1; round <= 7; round++) {
      double weight = Math.pow(2, -(7 - round) / 2.0);
      sum += weight * round;
      weights += weight;
    }

    assertThat(mean(rule, 7, 4, 10)[0]).isCloseTo((float) (sum / weights), within(1e-5f));
    assertThat(mean(rule, 1, 4, 10)).containsExactly(1);
  }

  @Test
  void exponential_dependsOnTime_notOnTheNumberOfRounds() {
    ConsensusMean rule = new ConsensusMean(Kind.EXPONENTIAL, 1, 0);
    float[] coarse = {};
    float[] fine = {};
    // The same path, 0 for two epochs and then 1 for three, in rounds of a half and of a sixteenth.
    for (int round = 1; round <= 10; round++) {
      float[] value = {round <= 4 ? 0 : 1};
      coarse = rule.next(coarse, value, (round - 1) / 2.0, round / 2.0, 5);
      for (int part = 1; part <= 8; part++) {
        double to = (round - 1) / 2.0 + part / 16.0;
        fine = rule.next(fine, value, to - 1 / 16.0, to, 5);
      }
    }

    assertThat(fine[0]).isCloseTo(coarse[0], within(1e-5f));
    // What is left of the two epochs of 0: (1 - 1/4) / 8 of the weight 1 - 1/32.
    assertThat(coarse[0]).isCloseTo((float) (1 - (3.0 / 32) / (31.0 / 32)), within(1e-5f));
  }

  @Test
  void tail_isTheEvenMeanOfTheRoundsOfItsPart_andNothingBefore() {
    ConsensusMean rule = new ConsensusMean(Kind.TAIL, 0, 0.25);
    // Ten epochs of 4 rounds: the part is rounds 31 to 40.
    assertThat(mean(rule, 30, 4, 10)).isEmpty();
    assertThat(mean(rule, 31, 4, 10)).containsExactly(31);
    assertThat(mean(rule, 40, 4, 10)[0]).isCloseTo(35.5f, within(1e-4f));
  }

  @Test
  void tail_countsAShorterRoundLess() {
    ConsensusMean rule = new ConsensusMean(Kind.TAIL, 0, 1);
    float[] first = rule.next(NONE, new float[] {3}, 0, 0.75, 1);
    float[] both = rule.next(first, new float[] {7}, 0.75, 1, 1);

    assertThat(both).containsExactly(4);
  }

  @Test
  void tail_ofATrainingThatIsMadeLonger_beginsAnew() {
    ConsensusMean rule = new ConsensusMean(Kind.TAIL, 0, 0.5);
    float[] ofTwoEpochs = rule.next(new float[] {1}, new float[] {3}, 1, 2, 2);

    // With six epochs the part begins after the third.
    float[] third = rule.next(ofTwoEpochs, new float[] {5}, 2, 3, 6);
    assertThat(third).isEmpty();
    assertThat(rule.next(third, new float[] {9}, 3, 4, 6)).containsExactly(9);
  }

  @Test
  void none_isNoMean() {
    assertThat(mean(new ConsensusMean(Kind.NONE, 1, 1), 40, 4, 10)).isEmpty();
  }
}
