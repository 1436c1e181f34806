package convoy.driver.training.round;

import convoy.worker.training.ReplicaSpread;
import convoy.worker.training.ReplicaUpdate;
import java.util.ArrayList;
import java.util.List;

/**
 * What one replica did in a round.
 *
 * @param seconds loading, steps and copying
 * @param distance of its parameters from the mean of all replicas, over the norm of that mean; 0
 *     without an example
 */
public record ReplicaFigures(double seconds, double distance) {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Those of all replicas, in their order. */
  static List<ReplicaFigures> of(List<ReplicaUpdate> updates, ReplicaSpread spread) {
    double[] distances = spread.relativeDistances();
    List<ReplicaFigures> figures = new ArrayList<>();
    int trained = 0;
    for (ReplicaUpdate update : updates) {
      figures.add(
          new ReplicaFigures(
              update.times().totalNanos() / NANOS_PER_SECOND,
              update.examples() == 0 ? 0 : distances[trained++]));
    }
    return figures;
  }
}
