package convoy.worker.training;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The averaging algebra: the mean of replicas, weighted by the examples each trained on (McMahan et
 * al., "Communication-Efficient Learning of Deep Networks from Decentralized Data", 2017, algorithm
 * 1). Parameters, batch-norm statistics and optimizer state are averaged alike. Sums run in the
 * order given, in double: the same updates give the same bits, and equal updates give themselves.
 */
public final class ReplicaAverage {
  /** Sums that stay in a core's cache while all replicas are added to them. */
  private static final int BLOCK_VALUES = 4_096;

  private ReplicaAverage() {}

  /**
   * The average of the updates.
   *
   * @param updates one per replica, in partition order
   * @throws IllegalArgumentException if none of them saw an example
   */
  public static TrainingState of(List<ReplicaUpdate> updates) {
    List<ReplicaUpdate> trained = updates.stream().filter(u -> u.examples() > 0).toList();
    if (trained.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot average %d replicas: none of them saw an example".formatted(updates.size()));
    }
    long examples = trained.stream().mapToLong(ReplicaUpdate::examples).sum();
    int steps = trained.stream().mapToInt(ReplicaUpdate::steps).max().orElseThrow();
    long iterationBefore = trained.get(0).state().iteration() - trained.get(0).steps();
    return new TrainingState(
        mean(trained, TrainingState::parameters, examples),
        mean(trained, TrainingState::optimizerState, examples),
        iterationBefore + steps);
  }

  private static float[] mean(
      List<ReplicaUpdate> updates, Function<TrainingState, float[]> vector, long examples) {
    float[] mean = new float[vector.apply(updates.get(0).state()).length];
    // No value depends on another: which core computes it makes no difference to its bits.
    IntStream.rangeClosed(0, mean.length / BLOCK_VALUES)
        .map(block -> block * BLOCK_VALUES)
        .parallel()
        .forEach(start -> averageBlock(updates, vector, examples, mean, start));
    return mean;
  }

  private static void averageBlock(
      List<ReplicaUpdate> updates,
      Function<TrainingState, float[]> vector,
      long examples,
      float[] mean,
      int start) {
    double[] sums = new double[Math.min(BLOCK_VALUES, mean.length - start)];
    // The one number that changes nothing it is added to, not even a -0.
    Arrays.fill(sums, -0.0);
    for (ReplicaUpdate update : updates) {
      add(vector.apply(update.state()), start, update.examples(), sums);
    }
    for (int i = 0; i < sums.length; i++) {
      mean[start + i] = (float) (sums[i] / examples);
    }
  }

  private static void add(float[] values, int start, int weight, double[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += (double) values[start + i] * weight;
    }
  }
}
