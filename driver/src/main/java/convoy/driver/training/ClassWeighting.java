package convoy.driver.training;

import java.util.List;

/** How much the loss and the gradient of an image count, by its class. */
public enum ClassWeighting {
  /** All alike. */
  NONE,
  /**
   * In inverse proportion to the training images of the class: {@code images / (classes x images of
   * the class)}, so that all classes count alike in sum and the mean over the images is 1 (King and
   * Zeng, "Logistic Regression in Rare Events Data", 2001, section 4; scikit-learn's {@code
   * class_weight="balanced"}).
   */
  BALANCED;

  /**
   * The weights.
   *
   * @param images training images of each class, in label order, at least one of each
   * @return one weight per class; empty if all images count alike
   */
  List<Double> of(List<Long> images) {
    if (this == NONE) {
      return List.of();
    }
    double all = images.stream().mapToLong(Long::longValue).sum();
    return images.stream().map(ofClass -> all / (images.size() * (double) ofClass)).toList();
  }
}
