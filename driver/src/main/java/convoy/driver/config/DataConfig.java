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
        reader.key("data.path").distinguishesRuns().text(),
        reader.key("data.reshuffle-epochs").decidesResult().wholeNumber(0, 100_000));
  }
}
