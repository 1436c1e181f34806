package convoy.worker.training;

import java.util.Arrays;
import java.util.List;

/**
 * The averaging algebra: the mean of replicas, weighted by the examples each trained on (McMahan et
 * al., "Communication-Efficient Learning of Deep Networks from Decentralized Data", 2017, algorithm
 * 1). Parameters, batch-norm statistics and optimizer state are averaged alike. Sums run in the
 * order given, in double: the same updates give the same bits, and equal updates give themselves.
 */
public final class ReplicaAverage {
  private ReplicaAverage() {}

  /**
   * The average of the updates.
   *
   * @param updates one a replica, in partition order
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
    TrainingState first = trained.get(0).state();
    double[] parameters = zeros(first.parameters().length);
    double[] optimizerState = zeros(first.optimizerState().length);
    for (ReplicaUpdate update : trained) {
      add(update.state().parameters(), update.examples(), parameters);
      add(update.state().optimizerState(), update.examples(), optimizerState);
    }
    long iterationBefore = first.iteration() - trained.get(0).steps();
    return new TrainingState(
        divided(parameters, examples), divided(optimizerState, examples), iterationBefore + steps);
  }

  /** Negative zeros: the one number that changes nothing it is added to, not even a -0. */
  private static double[] zeros(int length) {
    double[] zeros = new double[length];
    Arrays.fill(zeros, -0.0);
    return zeros;
  }

  private static void add(float[] values, int weight, double[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += (double) values[i] * weight;
    }
  }

  private static float[] divided(double[] sums, long weight) {
    float[] values = new float[sums.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (sums[i] / weight);
    }
    return values;
  }
}
