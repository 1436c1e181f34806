package convoy.driver.config;

import convoy.worker.network.Architecture;

/**
 * The network.
 *
 * @param name its architecture, such as resnet-20; there is one of that name
 */
public record NetworkConfig(String name) {
  static NetworkConfig read(ConfigReader reader) {
    return new NetworkConfig(
        reader.text("network.name", "the name of a network", Architecture::named));
  }
}
