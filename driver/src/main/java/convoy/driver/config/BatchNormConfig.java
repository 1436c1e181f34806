package convoy.driver.config;

/**
 * The batch-norm statistics of the parameters that are evaluated and published.
 *
 * @param policy where they come from
 * @param images of the training to estimate them on, all replicas together, 1 or more
 */
public record BatchNormConfig(BatchNormPolicy policy, int images) {
  static BatchNormConfig read(ConfigReader reader) {
    BatchNormPolicy policy =
        reader.key("averaging.batch-norm").decidesResult().choice(BatchNormPolicy.class);
    return new BatchNormConfig(
        policy,
        reader
            .key("averaging.batch-norm-images")
            .decidesResultIf(policy == BatchNormPolicy.RECOMPUTE)
            .wholeNumber(1, 100_000_000));
  }
}
