package convoy.driver.training.plan;

/** How a learning rate follows the size of the global minibatch. */
public enum RateScaling {
  /** Not at all. */
  NONE,
  /**
   * In proportion (Goyal et al., "Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour",
   * 2017, section 2.1).
   */
  LINEAR,
  /**
   * With the square root (Krizhevsky, "One weird trick for parallelizing convolutional neural
   * networks", 2014, section 5).
   */
  SQUARE_ROOT;

  /** The factor for a global minibatch that is {@code ratio} times as large as the intended one. */
  public double factor(double ratio) {
    return switch (this) {
      case NONE -> 1;
      case LINEAR -> ratio;
      case SQUARE_ROOT -> Math.sqrt(ratio);
    };
  }
}
