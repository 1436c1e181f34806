package convoy.driver.config;

import convoy.driver.training.checkpoint.CheckpointSpec;

/** Reads the block {@code checkpoint}. */
final class CheckpointKeys {
  private CheckpointKeys() {}

  static CheckpointSpec read(ConfigReader reader) {
    return new CheckpointSpec(
        reader.key("checkpoint.every-epochs").wholeNumber(0, 100_000),
        reader.key("checkpoint.every-minutes").number(0, 100_000),
        reader.key("checkpoint.keep").wholeNumber(1, 1000));
  }
}
