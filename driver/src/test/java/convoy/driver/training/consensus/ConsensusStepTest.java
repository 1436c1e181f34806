package convoy.driver.training.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.driver.config.ConfigSources;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.config.TrainingRuns;
import convoy.driver.training.plan.RoundLength;
import convoy.driver.training.plan.TrainingPlan;
import convoy.worker.engine.RunningStatistics;
import convoy.worker.training.LearningRate;
import convoy.worker.training.LearningRateSchedule;
import convoy.worker.training.Round;
import convoy.worker.training.TrainingState;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsensusStepTest {
  /** Two epochs of 10 steps, in rounds of 4, 4 and 2. */
  private static final TrainingPlan PLAN =
      new TrainingPlan(
          80,
          2,
          2,
          4,
          new RoundLength.Steps(4),
          new LearningRate(0.4, new LearningRateSchedule.Polynomial(1, 0), 0, 20));

  private static ConsensusStep step(String... settings) {
    return new ConsensusStep(
        TrainingRuns.spec(ConvoyConfig.load(ConfigSources.of(settings))).consensus(),
        PLAN,
        new RunningStatistics(List.of()));
  }

  private static TrainingState state(float parameter, long iteration) {
    return new TrainingState(new float[] {parameter}, new float[] {5}, iteration);
  }

  /** The consensus after the rounds of both epochs, whose averages are the round's number. */
  private static Consensus trained(ConsensusStep step) {
    Consensus consensus = step.start(state(0, 0));
    int number = 0;
    for (int epoch = 1; epoch <= 2; epoch++) {
      for (Round round : PLAN.rounds(epoch)) {
        long iteration = consensus.state().iteration() + round.steps();
        consensus = step.after(consensus, round, state(++number, iteration));
      }
    }
    return consensus;
  }

  @Test
  void defaults_takeTheAverageAsItIs() {
    TrainingState average = state(3, 4);

    Consensus after = step().after(step().start(state(1, 0)), PLAN.rounds(1).get(0), average);

    assertThat(after.state().parameters()).isSameAs(average.parameters());
    assertThat(after.state().optimizerState()).isSameAs(average.optimizerState());
    assertThat(after.state().iteration()).isEqualTo(4);
    assertThat(after.outerMomentum()).isEmpty();
    assertThat(after.meanParameters()).isEmpty();
  }

  @Test
  void slowMomentum_dividesByTheMeanRateOfTheRoundsSteps() {
    ConsensusStep step = step("averaging.outer.kind=slowmo", "averaging.outer.slowmo.momentum=0.5");
    // Straight from 0.4 to 0: the middle of steps 4 to 7 is at 6/20, of steps 8 and 9 at 9/20.
    double first = 0.4 * 14 / 20;
    double second = 0.4 * 11 / 20;

    Consensus one = step.after(step.start(state(1, 4)), PLAN.rounds(1).get(1), state(2, 8));
    Consensus two = step.after(one, PLAN.rounds(1).get(2), state(5, 10));

    assertThat((double) one.outerMomentum()[0]).isCloseTo(1 / first, within(1e-6));
    double slow = 0.5 / first + 3 / second;
    assertThat((double) two.outerMomentum()[0]).isCloseTo(slow, within(1e-5));
    assertThat((double) two.state().parameters()[0]).isCloseTo(2 + second * slow, within(1e-6));
  }

  @Test
  void tailMean_weightsEachRoundByItsSteps_andLeavesTheConsensusAlone() {
    Consensus consensus =
        trained(step("averaging.mean.kind=tail", "averaging.mean.tail-share=0.5"));

    assertThat((double) consensus.meanParameters()[0])
        .isCloseTo((4 * 4 + 5 * 4 + 6 * 2) / 10.0, within(1e-6));
    assertThat(consensus.state().parameters()).containsExactly(6);
  }

  @Test
  void exponentialMean_countsAnEpochBackHalfWithAHalfLifeOfOne() {
    Consensus consensus = trained(step("averaging.mean.kind=exponential"));

    double sum = 0;
    double weights = 0;
    double[] ends = {0.4, 0.8, 1, 1.4, 1.8, 2};
    for (int round = 0; round < ends.length; round++) {
      // A round stands for all of its steps.
      double from = round == 0 ? 0 : ends[round - 1];
      double weight = Math.pow(2, ends[round]) - Math.pow(2, from);
      sum += weight * (round + 1);
      weights += weight;
    }
    assertThat((double) consensus.meanParameters()[0]).isCloseTo(sum / weights, within(1e-5));
  }

  @Test
  void resetOptimizerState_isDroppedAtTheStartAndAfterEachRound() {
    ConsensusStep step = step("averaging.optimizer-state=reset");

    assertThat(step.start(state(1, 0)).state().optimizerState()).isEmpty();
    Consensus after = trained(step);
    assertThat(after.state().optimizerState()).isEmpty();
    assertThat(after.state().parameters()).containsExactly(6);
    assertThat(after.state().iteration()).isEqualTo(20);
  }
}
