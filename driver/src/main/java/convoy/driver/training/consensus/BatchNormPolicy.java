package convoy.driver.training.consensus;

/** Which batch-norm means and variances the parameters have that are evaluated and published. */
public enum BatchNormPolicy {
  /** The average of what the replicas gathered on the way. */
  AVERAGE,
  /** Estimated anew on training images. */
  RECOMPUTE
}
