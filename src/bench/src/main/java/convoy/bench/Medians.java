package convoy.bench;

import java.util.Collection;

/** The middle of some values. */
final class Medians {
  private Medians() {}

  /** The median of one value or more; of an even number, the mean of the middle two. */
  static double of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
