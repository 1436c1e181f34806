package convoy.driver.config;

/**
 * When a training can be taken up again.
 *
 * @param everyEpochs epochs between two checkpoints, 1 or more; 0 for none by epochs
 * @param everyMinutes minutes between two checkpoints, also within an epoch; 0 for none by time
 * @param keep newest checkpoints kept, 1 or more
 */
public record CheckpointConfig(int everyEpochs, double everyMinutes, int keep) {
  static CheckpointConfig read(ConfigReader reader) {
    return new CheckpointConfig(
        reader.key("checkpoint.every-epochs").wholeNumber(0, 100_000),
        reader.key("checkpoint.every-minutes").number(0, 100_000),
        reader.key("checkpoint.keep").wholeNumber(1, 1000));
  }
}
