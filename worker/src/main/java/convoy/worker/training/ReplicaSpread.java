package convoy.worker.training;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far replicas lie from their average, of whole states or of a slice of them: squares add up
 * over slices. It tells whether replicas part too far in a round for their average to be any good
 * (Stich, "Local SGD Converges Fast and Communicates Little", 2018, section 3, bounds the same
 * quantity).
 *
 * @param squaredDistances squared Euclidean distance of each replica's parameters from the average,
 *     of those that saw an example, in their order
 * @param squaredNorm squared Euclidean norm of the average's parameters
 */
// Compared by nobody.
@SuppressWarnings("ArrayRecordComponent")
public record ReplicaSpread(double[] squaredDistances, double squaredNorm) {
  /**
   * The spread of updates around their average. A replica that saw no example weighs nothing in the
   * average and is left out.
   *
   * @param updates one per replica, in their order
   * @param average of them
   */
  public static ReplicaSpread of(List<ReplicaUpdate> updates, TrainingState average) {
    float[] mean = average.parameters();
    return new ReplicaSpread(
        updates.stream()
            .parallel()
            .filter(update -> update.examples() > 0)
            .mapToDouble(update -> squaredDistance(update.state().parameters(), mean))
            .toArray(),
        squaredDistance(mean, new float[mean.length]));
  }

  /** The spread of these parameters and of others of the same replicas. */
  public ReplicaSpread plus(ReplicaSpread other) {
    return new ReplicaSpread(
        IntStream.range(0, squaredDistances.length)
            .mapToDouble(replica -> squaredDistances[replica] + other.squaredDistances[replica])
            .toArray(),
        squaredNorm + other.squaredNorm);
  }

  /** The distance of each of these replicas from the average, over the norm of the average. */
  public double[] relativeDistances() {
    return Arrays.stream(squaredDistances)
        .map(squaredDistance -> Math.sqrt(squaredDistance / squaredNorm))
        .toArray();
  }

  private static double squaredDistance(float[] values, float[] others) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      double difference = values[i] - others[i];
      sum += difference * difference;
    }
    return sum;
  }
}
