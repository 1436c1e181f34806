package convoy.driver.config;

/**
 * The network.
 *
 * @param name its architecture, such as resnet-20
 */
public record NetworkConfig(String name) {
  static NetworkConfig read(ConfigReader reader) {
    return new NetworkConfig(reader.text("network.name"));
  }
}
