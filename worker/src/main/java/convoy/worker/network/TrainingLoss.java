package convoy.worker.network;

import java.io.Serializable;
import java.util.List;

/**
 * The loss that training minimizes: an image's cross-entropy with its smoothed label, times the
 * weight of its class; of a minibatch, the sum of its images' losses divided by their number. An
 * auxiliary classifier has the same loss, times its own weight.
 *
 * @param labelSmoothing the share of a label's certainty that is spread evenly over all classes, 0
 *     or more and less than 1: with e, the label's own class has the target 1 - e + e / classes and
 *     each other one e / classes (Szegedy et al., "Rethinking the Inception Architecture for
 *     Computer Vision", 2015, section 7)
 * @param classWeights one for each class, 0 or more, in the classes' order; none if all are 1
 */
public record TrainingLoss(double labelSmoothing, List<Double> classWeights)
    implements Serializable {
  /** Cross-entropy with the labels as they are. */
  public static final TrainingLoss PLAIN = new TrainingLoss(0, List.of());

  /**
   * Checks the share and the weights.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public TrainingLoss {
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "Cannot smooth labels by %s: the share must be 0 or more and less than 1 (0 is none)"
              .formatted(labelSmoothing));
    }
    classWeights = List.copyOf(classWeights);
    for (double weight : classWeights) {
      if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "Cannot weigh class %d by %s: a weight must be a finite number of 0 or more (1 is as it is)"
                .formatted(classWeights.indexOf(weight), weight));
      }
    }
  }

  /** The smoothed label alone. */
  public static TrainingLoss smoothed(double labelSmoothing) {
    return new TrainingLoss(labelSmoothing, List.of());
  }

  /** How much an image of that class counts. */
  public double weight(int label) {
    return classWeights.isEmpty() ? 1 : classWeights.get(label);
  }
}
