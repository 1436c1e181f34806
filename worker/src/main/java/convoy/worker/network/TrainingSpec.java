package convoy.worker.network;

import java.io.Serializable;

/**
 * What is trained, and how: the same for every replica and in every step.
 *
 * @param network the network
 * @param optimizer the rule of its steps
 * @param labelSmoothing the share of a label's certainty that is spread evenly over all classes, 0
 *     or more and less than 1: with e, the label's own class has the target 1 - e + e / classes and
 *     each other one e / classes (Szegedy et al., "Rethinking the Inception Architecture for
 *     Computer Vision", 2015, section 7)
 */
public record TrainingSpec(NetworkSpec network, OptimizerSpec optimizer, double labelSmoothing)
    implements Serializable {
  /**
   * Checks the smoothing.
   *
   * @throws IllegalArgumentException if it is out of its range
   */
  public TrainingSpec {
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "Cannot smooth labels by %s: the share must be 0 or more and less than 1 (0 is none)"
              .formatted(labelSmoothing));
    }
  }
}
