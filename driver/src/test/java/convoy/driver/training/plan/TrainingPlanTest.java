package convoy.driver.training.plan;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.worker.training.LearningRate;
import convoy.worker.training.LearningRateSchedule;
import convoy.worker.training.Round;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingPlanTest {
  private static final LearningRateSchedule CONSTANT = new LearningRateSchedule.Constant();

  private static TrainingPlan plan(
      int images,
      int epochs,
      int replicas,
      int batchSize,
      RoundLength length,
      double peak,
      LearningRateSchedule course,
      double warmUp) {
    int shard = (images + replicas - 1) / replicas;
    long steps = (long) epochs * ((shard + batchSize - 1) / batchSize);
    return new TrainingPlan(
        images, epochs, replicas, batchSize, length, new LearningRate(peak, course, warmUp, steps));
  }

  private static TrainingPlan plan(
      int images, int epochs, int replicas, int batchSize, RoundLength length) {
    return plan(images, epochs, replicas, batchSize, length, 0.1, CONSTANT, 0);
  }

  /** The lengths of an epoch's rounds. */
  private static List<Integer> lengths(TrainingPlan plan, int epoch) {
    return plan.rounds(epoch).stream().map(Round::steps).toList();
  }

  @Test
  void cifar10OnTwoReplicas_isThePlanOfTheReadersPencil() {
    TrainingPlan plan = plan(50_000, 1, 2, 128, new RoundLength.Steps(16));

    // 25,000 images a shard; 195 full minibatches and one of 40.
    assertThat(plan.stepsPerEpoch()).isEqualTo(196);
    assertThat(plan.rounds(1)).hasSize(13).endsWith(new Round(1, 13, 192, 4));
    assertThat(plan.globalBatchSize()).isEqualTo(256);
    assertThat(plan)
        .hasToString(
            "50000 images, 1 epochs (50000 examples), 2 replicas with minibatches of 128 (256 together), 196 steps per epoch, averaged every 16 (13 rounds per epoch)");
  }

  @ParameterizedTest
  @CsvSource({"50000,2,16,128", "53,3,2,8", "7,10,1,4", "100,1,1000,1000", "101,8,3,5"})
  void rounds_useEveryStepAndEveryImageOnce_howeverLongTheyAre(
      int images, int replicas, int localSteps, int batchSize) {
    List<RoundLength> lengths =
        List.of(
            new RoundLength.Steps(localSteps),
            new RoundLength.Epoch(),
            new RoundLength.PostLocal(0.4, localSteps),
            new RoundLength.Quadratic(0.2, localSteps));
    for (RoundLength length : lengths) {
      TrainingPlan plan =
          plan(
              images,
              3,
              replicas,
              batchSize,
              length,
              0.1,
              new LearningRateSchedule.OneCycle(0.25, 0.04, 0),
              0.1);
      for (int epoch = 1; epoch <= 3; epoch++) {
        List<Round> rounds = plan.rounds(epoch);
        List<Integer> steps =
            rounds.stream()
                .flatMap(
                    round ->
                        IntStream.range(round.firstStep(), round.firstStep() + round.steps())
                            .boxed())
                .toList();
        assertThat(steps)
            .as("%s, epoch %d", length, epoch)
            .isEqualTo(IntStream.range(0, plan.stepsPerEpoch()).boxed().toList());
        assertThat(rounds)
            .extracting(Round::round)
            .isEqualTo(IntStream.rangeClosed(1, rounds.size()).boxed().toList());
        assertThat(rounds).extracting(Round::epoch).containsOnly(epoch);
        assertThat(rounds.stream().mapToLong(plan::images).sum()).isEqualTo(images);
      }
    }
  }

  @Test
  void epoch_isOneRound() {
    assertThat(lengths(plan(50_000, 2, 2, 128, new RoundLength.Epoch()), 2)).containsExactly(196);
  }

  @Test
  void postLocal_averagesEveryStepBeforeTheShare_andEveryHStepsFromItOn() {
    // 10 steps an epoch, 40 in all: the share ends after 24, in the third epoch.
    TrainingPlan plan = plan(100, 4, 1, 10, new RoundLength.PostLocal(0.6, 4));

    assertThat(lengths(plan, 1)).hasSize(10).containsOnly(1);
    assertThat(lengths(plan, 2)).hasSize(10).containsOnly(1);
    assertThat(lengths(plan, 3)).containsExactly(1, 1, 1, 1, 4, 2);
    assertThat(lengths(plan, 4)).containsExactly(4, 4, 2);
    assertThat(plan.toString()).endsWith("(10 rounds in the first epoch, 3 in the last)");
  }

  @Test
  void postLocal_ofNoShareIsLocalSgd_andOfAllIsAveragingEveryStep() {
    assertThat(lengths(plan(100, 4, 1, 10, new RoundLength.PostLocal(0, 4)), 1))
        .containsExactly(4, 4, 2);
    assertThat(lengths(plan(100, 4, 1, 10, new RoundLength.PostLocal(1, 4)), 4))
        .hasSize(10)
        .containsOnly(1);
  }

  @ParameterizedTest
  @CsvSource({
    // Figure 5 of Gu et al.: ViT-B, alpha 0.0175, at least 4, peak rate 0.008: (2.1875)^2 = 4.8.
    "0.0175, 0.008, 4, 4",
    // Half the rate, four times the steps: (4.375)^2 = 19.1.
    "0.0175, 0.004, 4, 19",
    "0.0175, 0.001, 4, 306",
    // Where the rule gives less than the least, that holds.
    "0.2, 0.8, 4, 4",
    "0.2, 0.08, 4, 6",
    // Whole on paper: 0.3 / 0.1 is 3, 0.7 / 0.1 is 7, though not in binary.
    "0.3, 0.1, 1, 9",
    "0.7, 0.1, 1, 49"
  })
  void quadraticRule_givesThePapersSteps(double alpha, double rate, int least, int expected) {
    assertThat(
            new RoundLength.Quadratic(alpha, least).steps(LearningRate.constant(rate, 1_000), 500))
        .isEqualTo(expected);
  }

  @Test
  void quadraticRule_growsAsTheRateFalls_andTakesThePeakBeforeIt() {
    // 20 steps an epoch, 400 in all, a tenth of them rising.
    TrainingPlan plan =
        plan(
            200,
            20,
            1,
            10,
            new RoundLength.Quadratic(0.02, 2),
            0.008,
            new LearningRateSchedule.Cosine(0),
            0.1);

    // (0.02 / 0.008)^2 = 6.25: as much in the warm-up as right after it.
    assertThat(lengths(plan, 1)).isEqualTo(lengths(plan, 3)).containsExactly(6, 6, 6, 2);
    List<Integer> rounds =
        IntStream.rangeClosed(3, 20).mapToObj(epoch -> plan.rounds(epoch).size()).toList();
    assertThat(rounds).isSortedAccordingTo((a, b) -> b - a);
    assertThat(lengths(plan, 20)).containsExactly(20);
  }

  @Test
  void rateOfNothing_isOneRound() {
    LearningRate zero = LearningRate.constant(Double.MIN_VALUE, 10);

    assertThat(new RoundLength.Quadratic(0.1, 2).steps(zero, 0)).isEqualTo(Long.MAX_VALUE);
  }
}
