package convoy.driver.training.consensus;

/**
 * The batch-norm statistics of the parameters that are evaluated and published.
 *
 * @param policy where they come from
 * @param images of the training to estimate them on, all replicas together, 1 or more
 */
public record BatchNormSpec(BatchNormPolicy policy, int images) {}
