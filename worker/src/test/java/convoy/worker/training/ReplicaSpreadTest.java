package convoy.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaSpreadTest {
  private static ReplicaUpdate update(int examples, float... parameters) {
    return new ReplicaUpdate(
        new TrainingState(parameters, new float[0], 1),
        examples,
        1,
        0,
        0,
        new ReplicaTimes(0, 0, 0));
  }

  @Test
  void relativeDistances_areEuclideanNorms_overThatOfTheAverage() {
    List<ReplicaUpdate> updates = List.of(update(1, 3, 4), update(1, 9, 12));

    ReplicaSpread spread = ReplicaSpread.of(updates, ReplicaAverage.of(updates));

    // The average is (6, 8), of norm 10; each lies (3, 4) away, of norm 5.
    assertThat(spread.relativeDistances()).containsExactly(0.5, 0.5);
  }

  @Test
  void replica_withoutExamples_isLeftOut() {
    List<ReplicaUpdate> updates = List.of(update(0, 100, 100), update(2, 3, 4));

    ReplicaSpread spread = ReplicaSpread.of(updates, ReplicaAverage.of(updates));

    assertThat(spread.relativeDistances()).containsExactly(0);
  }
}
