package convoy.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SliceAverageTest {
  private static ReplicaUpdate update(
      int replica, int parameters, int optimizerState, int examples) {
    Random random = new Random(replica);
    int steps = examples == 0 ? 0 : 2;
    return new ReplicaUpdate(
        new TrainingState(values(random, parameters), values(random, optimizerState), 10 + steps),
        examples,
        steps,
        random.nextDouble(),
        replica,
        new ReplicaTimes(1, replica, 2));
  }

  /** Values of very different size: their sums depend on the order. */
  private static float[] values(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) Math.scalb(random.nextGaussian(), random.nextInt(60) - 30);
    }
    return values;
  }

  /** What the executors make of the updates, their parts arriving in any order. */
  private static List<SliceAverage> averages(List<ReplicaUpdate> updates, int slices) {
    List<List<UpdateSlice>> parts = new ArrayList<>();
    for (int slice = 0; slice < slices; slice++) {
      parts.add(new ArrayList<>());
    }
    for (int replica = 0; replica < updates.size(); replica++) {
      UpdateSlice.cut(replica, updates.get(replica), slices)
          .forEachRemaining(part -> parts.get(part.slice()).add(part));
    }
    List<SliceAverage> averages = new ArrayList<>();
    for (int slice = 0; slice < slices; slice++) {
      Collections.shuffle(parts.get(slice), new Random(slice));
      averages.add(SliceAverage.of(slice, parts.get(slice).iterator()));
    }
    return averages;
  }

  private static void assertSlicesAreTheWhole(List<ReplicaUpdate> updates, int slices) {
    TrainingState joined =
        StateSlices.join(averages(updates, slices).stream().map(SliceAverage::state).toList());

    TrainingState whole = ReplicaAverage.of(updates);
    assertThat(joined.parameters()).isEqualTo(whole.parameters());
    assertThat(joined.optimizerState()).isEqualTo(whole.optimizerState());
    assertThat(joined.iteration()).isEqualTo(whole.iteration());
    ReplicaSpread spread =
        averages(updates, slices).stream()
            .map(SliceAverage::spread)
            .reduce(ReplicaSpread::plus)
            .orElseThrow();
    assertThat(spread.relativeDistances())
        .containsExactly(ReplicaSpread.of(updates, whole).relativeDistances(), Offset.offset(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"101, 202", "64, 64", "13, 0", "1, 3"})
  void averagedSlices_areTheAverageOfTheWhole_bitForBit(int parameters, int optimizerState) {
    for (int replicas = 1; replicas <= 5; replicas++) {
      List<ReplicaUpdate> updates = new ArrayList<>();
      for (int replica = 0; replica < replicas; replica++) {
        updates.add(update(replica, parameters, optimizerState, 7 + replica));
      }
      for (int slices : new int[] {1, 2, 7, 150}) {
        assertSlicesAreTheWhole(updates, slices);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void replicaWithoutExamples_weighsNothing_butIsHeardOf(int idle) {
    List<ReplicaUpdate> updates = new ArrayList<>();
    for (int replica = 0; replica < 3; replica++) {
      updates.add(update(replica, 31, 62, replica == idle ? 0 : 5));
    }

    assertSlicesAreTheWhole(updates, 4);
    List<ReplicaUpdate> told = averages(updates, 4).get(0).updates();
    assertThat(told).extracting(ReplicaUpdate::correct).containsExactly(0, 1, 2);
    assertThat(told.get(idle).examples()).isZero();
    assertThat(UpdateSlice.cut(idle, updates.get(idle), 4))
        .toIterable()
        .singleElement()
        .satisfies(part -> assertThat(part.update().state().parameters()).isEmpty());
  }

  @Test
  void sliceZero_tellsAllOfEachReplicaButItsState_inTheirOrder() {
    List<ReplicaUpdate> updates = List.of(update(0, 9, 9, 4), update(1, 9, 9, 3));

    List<SliceAverage> averages = averages(updates, 3);

    assertThat(averages.get(0).updates())
        .usingRecursiveComparison()
        .ignoringFields("state")
        .isEqualTo(updates);
    assertThat(averages.get(0).updates())
        .allSatisfy(update -> assertThat(update.state().optimizerState()).isEmpty());
    assertThat(averages.get(1).updates()).isEmpty();
    assertThat(averages.get(2).updates()).isEmpty();
  }

  @Test
  void slices_areContiguousAndOfNearlyEqualLength() {
    float[] values = new float[23];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    List<TrainingState> slices = new ArrayList<>();
    for (int slice = 0; slice < 5; slice++) {
      slices.add(StateSlices.slice(new TrainingState(values, new float[2], 3), slice, 5));
    }

    assertThat(slices)
        .allSatisfy(slice -> assertThat(slice.parameters().length).isBetween(4, 5))
        .allSatisfy(slice -> assertThat(slice.optimizerState().length).isBetween(0, 1));
    assertThat(StateSlices.join(slices).parameters()).isEqualTo(values);
  }
}
