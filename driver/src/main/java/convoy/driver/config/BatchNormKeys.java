package convoy.driver.config;

import convoy.driver.training.consensus.BatchNormPolicy;
import convoy.driver.training.consensus.BatchNormSpec;

/** Reads what the block {@code averaging} says of batch normalization. */
final class BatchNormKeys {
  private BatchNormKeys() {}

  static BatchNormSpec read(ConfigReader reader) {
    BatchNormPolicy policy =
        reader.key("averaging.batch-norm").decidesResult().choice(BatchNormPolicy.class);
    return new BatchNormSpec(
        policy,
        reader
            .key("averaging.batch-norm-images")
            .decidesResultIf(policy == BatchNormPolicy.RECOMPUTE)
            .wholeNumber(1, 100_000_000));
  }
}
