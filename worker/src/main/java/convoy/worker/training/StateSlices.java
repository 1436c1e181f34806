package convoy.worker.training;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Training states in slices: slice s of n holds the s-th n-th of the parameters and the s-th n-th
 * of the optimizer state, each a contiguous run whose length differs by at most one from the
 * others'. Where there are more slices than values, some are empty. A slice of a state is a state,
 * so all that goes element by element, such as {@link ReplicaAverage}, does slices as it does the
 * whole.
 */
public final class StateSlices {
  private StateSlices() {}

  /**
   * A slice of {@code state}, copied.
   *
   * @param slice its number, from 0
   * @param slices how many there are, 1 or more
   */
  public static TrainingState slice(TrainingState state, int slice, int slices) {
    return new TrainingState(
        slice(state.parameters(), slice, slices),
        slice(state.optimizerState(), slice, slices),
        state.iteration());
  }

  /** The state whose slices, all of them, in order, are {@code slices}. */
  public static TrainingState join(List<TrainingState> slices) {
    return new TrainingState(
        join(slices, TrainingState::parameters),
        join(slices, TrainingState::optimizerState),
        slices.get(0).iteration());
  }

  private static float[] slice(float[] values, int slice, int slices) {
    return Arrays.copyOfRange(
        values, start(values.length, slice, slices), start(values.length, slice + 1, slices));
  }

  private static int start(int length, int slice, int slices) {
    return (int) ((long) length * slice / slices);
  }

  private static float[] join(List<TrainingState> slices, Function<TrainingState, float[]> values) {
    int length = 0;
    for (TrainingState slice : slices) {
      length += values.apply(slice).length;
    }
    float[] joined = new float[length];
    int place = 0;
    for (TrainingState slice : slices) {
      float[] part = values.apply(slice);
      System.arraycopy(part, 0, joined, place, part.length);
      place += part.length;
    }
    return joined;
  }
}
