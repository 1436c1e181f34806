package convoy.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.worker.engine.RunningStatistics;
import convoy.worker.training.OuterStep.Kind;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OuterStepTest {
  private static final RunningStatistics NO_STATISTICS = new RunningStatistics(List.of());
  private static final float[] START = {};
  private static final double RATE = 0.1;

  /** Any bits that a float can have, infinities and NaN left out. */
  private static float[] anyBits(long seed) {
    Random random = new Random(seed);
    float[] values = new float[10_000];
    for (int i = 0; i < values.length; i++) {
      do {
        values[i] = Float.intBitsToFloat(random.nextInt());
      } while (!Float.isFinite(values[i]));
    }
    values[0] = -0f;
    values[1] = 0f;
    values[2] = Float.MIN_VALUE;
    return values;
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void neutralStep_isTheAverage_bitForBit(Kind kind) {
    OuterStep neutral = new OuterStep(kind, 0, 1);
    float[] previous = anyBits(1);
    float[] average = anyBits(2);
    float[] momentum = START;
    for (int round = 0; round < 3; round++) {
      OuterStep.Result result = neutral.from(previous, average, momentum, RATE, NO_STATISTICS);

      assertThat(bits(result.parameters())).isEqualTo(bits(average));
      previous = result.parameters();
      average = anyBits(3 + round);
      // Ordinary values: the square of the largest float over a small rate is infinite.
      momentum = kind.hasMomentum() ? values(previous.length) : START;
    }
  }

  private static float[] values(int count) {
    Random random = new Random(9);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  /** Three rounds on one parameter, whose replicas come to the averages given; from 0. */
  private static float[] consensus(OuterStep step, float[] averages, double... rates) {
    float[] parameters = {0};
    float[] momentum = START;
    float[] consensus = new float[averages.length];
    for (int round = 0; round < averages.length; round++) {
      OuterStep.Result result =
          step.from(
              parameters, new float[] {averages[round]}, momentum, rates[round], NO_STATISTICS);
      parameters = result.parameters();
      momentum = result.momentum();
      consensus[round] = parameters[0];
    }
    return consensus;
  }

  @Test
  void blockMomentum_isThePapersFilter() {
    // eta 0.5 and zeta 0.75 of the paper. Blocks G = 1, 2, -1:
    // delta = 0.75, 0.375 + 1.5 = 1.875, 0.9375 - 0.75 = 0.1875; W = 0.75, 2.625, 2.8125.
    assertThat(
            consensus(
                new OuterStep(Kind.BMUF, 0.5, 0.75),
                new float[] {1, 2.75f, 1.625f},
                RATE,
                RATE,
                RATE))
        .containsExactly(0.75f, 2.625f, 2.8125f);
  }

  @Test
  void slowMomentum_isThePapersAlgorithm_withARateThatFalls() {
    // beta 0.5, alpha 0.5; gamma 0.5, 0.25, 0.25 and x - average = -1, -2, 1:
    // u = -2, -1 - 8 = -9, -4.5 + 4 = -0.5; x = 0.5, 0.5 + 0.125 * 9 = 1.625, 1.6875.
    assertThat(
            consensus(
                new OuterStep(Kind.SLOWMO, 0.5, 0.5),
                new float[] {1, 2.5f, 0.625f},
                0.5,
                0.25,
                0.25))
        .containsExactly(0.5f, 1.625f, 1.6875f);
  }

  @Test
  void slowMomentum_atRateZero_staysAtTheAverage_andForgetsAsEver() {
    OuterStep.Result result =
        new OuterStep(Kind.SLOWMO, 0.5, 1)
            .from(new float[] {3}, new float[] {3}, new float[] {8}, 0, NO_STATISTICS);

    assertThat(result.parameters()).containsExactly(3);
    assertThat(result.momentum()).containsExactly(4);
  }

  @Test
  void slowMomentum_atARateWhoseReciprocalIsInfinite_isThatAtRateZero() {
    OuterStep.Result result =
        new OuterStep(Kind.SLOWMO, 0.5, 1)
            .from(
                new float[] {3}, new float[] {3}, new float[] {8}, Double.MIN_VALUE, NO_STATISTICS);

    assertThat(result.momentum()).containsExactly(4);
  }

  @Test
  void nesterov_isSgdOnTheOuterGradient() {
    // mu 0.5, eta 0.5; outer gradients -1, -2, 1: buffers -1, -2.5, -0.25; steps of
    // 0.5 (1 + 0.5) = 0.75, 0.5 (2 + 1.25) = 1.625, 0.5 (-1 + 0.125) = -0.4375.
    assertThat(
            consensus(
                new OuterStep(Kind.NESTEROV, 0.5, 0.5),
                new float[] {1, 2.75f, 1.375f},
                RATE,
                RATE,
                RATE))
        .containsExactly(0.75f, 2.375f, 1.9375f);
  }

  @Test
  void nesterov_isTheNesterovFormOfBlockMomentum() {
    // Chen and Huo's own variables: the global model W and the start of the next block W + eta
    // delta.
    double momentum = 0.75;
    double rate = 0.5;
    double[] averages = {1, 1.5, -0.25, 2};
    double model = 0;
    double delta = 0;
    double start = 0;
    float[] expected = new float[averages.length];
    for (int block = 0; block < averages.length; block++) {
      delta = momentum * delta + rate * (averages[block] - start);
      model += delta;
      start = model + momentum * delta;
      expected[block] = (float) start;
    }

    assertThat(
            consensus(
                new OuterStep(Kind.NESTEROV, momentum, rate),
                new float[] {1, 1.5f, -0.25f, 2},
                RATE,
                RATE,
                RATE,
                RATE))
        .containsExactly(expected);
  }

  @Test
  void lookahead_goesPartOfTheWay() {
    assertThat(
            consensus(
                new OuterStep(Kind.LOOKAHEAD, 0, 0.25), new float[] {2, 1, 4}, RATE, RATE, RATE))
        .containsExactly(0.5f, 0.625f, 1.46875f);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void batchNormStatistics_areTheAverage_andCarryNoMomentum(Kind kind) {
    RunningStatistics statistics =
        new RunningStatistics(List.of(new RunningStatistics.Run(1, 2, 0.9)));
    OuterStep step = new OuterStep(kind, 0.9, 0.5);
    float[] momentum = kind.hasMomentum() ? new float[] {1, 0, 0, 1} : START;

    OuterStep.Result result =
        step.from(
            new float[] {1, 5, 5, 1}, new float[] {2, 0.001f, 3, 2}, momentum, RATE, statistics);

    assertThat(result.parameters()[1]).isEqualTo(0.001f);
    assertThat(result.parameters()[2]).isEqualTo(3);
    if (kind != Kind.AVERAGE) {
      assertThat(result.parameters()[0]).isNotEqualTo(2).isEqualTo(result.parameters()[3]);
    }
    if (kind.hasMomentum()) {
      assertThat(result.momentum()[0]).isNotZero();
      assertThat(result.momentum()[1]).isZero();
      assertThat(result.momentum()[2]).isZero();
    }
  }
}
