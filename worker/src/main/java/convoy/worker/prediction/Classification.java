package convoy.worker.prediction;

import java.util.List;

/**
 * What a network takes an image for.
 *
 * @param top the most probable classes, the most probable first, one or more; of equals the one
 *     with the lower index first
 */
public record Classification(List<LabelProbability> top) {
  /** Keeps a copy of the list. */
  public Classification {
    top = List.copyOf(top);
  }

  /** The name of the most probable class. */
  public String label() {
    return top.get(0).label();
  }

  /** The probability of the most probable class, 0 to 1. */
  public double probability() {
    return top.get(0).probability();
  }
}
