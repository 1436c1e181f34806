package convoy.driver.config;

/**
 * When a training can be taken up again.
 *
 * @param everyEpochs epochs between two checkpoints, 1 or more
 * @param keep newest checkpoints kept, 1 or more
 */
public record CheckpointConfig(int everyEpochs, int keep) {
  static CheckpointConfig read(ConfigReader reader) {
    return new CheckpointConfig(
        reader.wholeNumber("checkpoint.every-epochs", 1, 100_000),
        reader.wholeNumber("checkpoint.keep", 1, 1000));
  }
}
