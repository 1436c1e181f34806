package convoy.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LearningRateTest {
  private static final double EXACT = 1e-12;

  @Test
  void step_isTheScheduleOfThePaper() {
    // He et al. 2015: 64,000 steps, 0.1 divided by 10 at 32,000 and 48,000.
    LearningRate rate =
        new LearningRate(0.1, new LearningRateSchedule.Step(List.of(0.5, 0.75), 0.1), 0, 64_000);

    assertThat(rate.at(31_999)).isEqualTo(0.1);
    assertThat(rate.at(32_000)).isCloseTo(0.01, within(EXACT));
    assertThat(rate.at(47_999)).isCloseTo(0.01, within(EXACT));
    assertThat(rate.at(48_000)).isCloseTo(0.001, within(EXACT));
  }

  @Test
  void cosine_isHalfTheRateHalfWay_andSymmetricAroundIt() {
    LearningRateSchedule cosine = new LearningRateSchedule.Cosine(0);

    assertThat(cosine.share(0)).isEqualTo(1);
    assertThat(cosine.share(0.5)).isCloseTo(0.5, within(EXACT));
    assertThat(cosine.share(1)).isCloseTo(0, within(EXACT));
    assertThat(cosine.share(1.0 / 3)).isCloseTo(0.75, within(EXACT));
    assertThat(cosine.share(0.2) + cosine.share(0.8)).isCloseTo(1, within(EXACT));
    assertThat(new LearningRateSchedule.Cosine(0.1).share(1)).isCloseTo(0.1, within(EXACT));
  }

  @Test
  void oneCycle_isATriangle() {
    LearningRateSchedule triangle = new LearningRateSchedule.OneCycle(0.25, 0.04, 0);

    assertThat(triangle.share(0)).isEqualTo(0.04);
    assertThat(triangle.share(0.125)).isCloseTo(0.52, within(EXACT));
    assertThat(triangle.share(0.25)).isEqualTo(1);
    assertThat(triangle.share(0.625)).isCloseTo(0.5, within(EXACT));
    assertThat(triangle.share(1)).isEqualTo(0);
  }

  @Test
  void polynomial_ofPowerOne_isAStraightLine() {
    LearningRateSchedule line = new LearningRateSchedule.Polynomial(1, 0.5);

    assertThat(line.share(0)).isEqualTo(1);
    assertThat(line.share(0.5)).isEqualTo(0.75);
    assertThat(line.share(1)).isEqualTo(0.5);
    assertThat(new LearningRateSchedule.Polynomial(2, 0).share(0.9)).isCloseTo(0.01, within(EXACT));
  }

  @Test
  void warmUp_risesFromNothingToTheStartOfTheCourse_whichThenTakesTheRest() {
    LearningRate rate = new LearningRate(0.4, new LearningRateSchedule.Cosine(0), 0.5, 1000);

    assertThat(rate.at(0)).isCloseTo(0.4 * 0.5 / 500, within(EXACT));
    assertThat(rate.at(249)).isCloseTo(0.4 * 249.5 / 500, within(EXACT));
    // The middle of the steps 749 and 750 is the middle of the cosine.
    assertThat((rate.at(749) + rate.at(750)) / 2).isCloseTo(0.2, within(EXACT));
    assertThat(rate.at(999)).isBetween(0.0, 1e-5);
  }

  @Test
  void rate_isNowhereZero_thoughItsCourseStartsAndEndsThere() {
    LearningRate rate = new LearningRate(0.1, new LearningRateSchedule.OneCycle(0.5, 0, 0), 0, 10);

    assertThat(LongStream.range(0, 10).mapToDouble(rate::at).min().orElseThrow()).isPositive();
  }

  @Test
  void rate_risesUpToItsPeakStep_andNeverAfterIt() {
    List<LearningRateSchedule> courses =
        List.of(
            new LearningRateSchedule.Constant(),
            new LearningRateSchedule.Step(List.of(0.5, 0.75), 0.1),
            new LearningRateSchedule.Cosine(0),
            new LearningRateSchedule.OneCycle(0.25, 0.04, 0),
            new LearningRateSchedule.Polynomial(2, 0));
    for (LearningRateSchedule course : courses) {
      for (double warmUp : new double[] {0, 0.07, 0.5}) {
        for (long steps : new long[] {1, 2, 7, 100}) {
          LearningRate rate = new LearningRate(0.1, course, warmUp, steps);
          long peak = rate.peakStep();
          for (long step = 1; step < steps; step++) {
            if (step < peak) {
              assertThat(rate.at(step)).as(rate + " " + step).isGreaterThan(rate.at(step - 1));
            } else if (step > peak) {
              assertThat(rate.at(step))
                  .as(rate + " " + step)
                  .isLessThanOrEqualTo(rate.at(step - 1));
            }
          }
        }
      }
    }
  }

  @Test
  void text_namesTheRateAtFivePoints() {
    assertThat(LearningRate.constant(0.1, 7))
        .hasToString(
            "0.10000 at 0 %, 0.10000 at 25 %, 0.10000 at 50 %, 0.10000 at 75 %, 0.10000 at 100 %");
  }
}
