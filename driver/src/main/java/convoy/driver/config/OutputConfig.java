package convoy.driver.config;

/**
 * Where a training or a data command writes.
 *
 * @param path a directory, as a Hadoop URI; empty if not given
 * @param overwrite whether an existing one is replaced
 */
public record OutputConfig(String path, boolean overwrite) {
  static OutputConfig read(ConfigReader reader) {
    return new OutputConfig(
        reader.key("output.path").text(), reader.key("output.overwrite").flag());
  }
}
