package convoy.driver.training;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.worker.training.Round;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingPlanTest {
  @Test
  void cifar10OnTwoReplicas_isThePlanOfTheReadersPencil() {
    TrainingPlan plan = new TrainingPlan(50_000, 1, 2, 16, 128);

    // 25,000 images a shard; 195 full minibatches and one of 40.
    assertThat(plan.stepsPerEpoch()).isEqualTo(196);
    assertThat(plan.roundsPerEpoch()).isEqualTo(13);
    assertThat(plan.rounds(2).get(12)).isEqualTo(new Round(2, 13, 192, 4));
    assertThat(plan.globalBatchSize()).isEqualTo(256);
  }

  @ParameterizedTest
  @CsvSource({"50000,2,16,128", "53,3,2,8", "7,10,1,4", "100,1,1000,1000", "101,8,3,5"})
  void rounds_useEveryImageOnce(int images, int replicas, int localSteps, int batchSize) {
    TrainingPlan plan = new TrainingPlan(images, 1, replicas, localSteps, batchSize);

    assertThat(plan.rounds(1).stream().mapToLong(plan::images).sum()).isEqualTo(images);
    assertThat(plan.rounds(1).stream().mapToInt(Round::steps).sum())
        .isEqualTo(plan.stepsPerEpoch());
  }
}
