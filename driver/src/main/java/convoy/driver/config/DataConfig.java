package convoy.driver.config;

/**
 * The image set.
 *
 * @param path its directory, a Hadoop URI; empty if not given
 * @param reshuffleEpochs epochs between two reshuffles across partitions, 0 for never
 */
public record DataConfig(String path, int reshuffleEpochs) {
  static DataConfig read(ConfigReader reader) {
    return new DataConfig(
        reader.text("data.path"), reader.wholeNumber("data.reshuffle-epochs", 0, 100_000));
  }
}
