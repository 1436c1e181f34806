package convoy.driver.config;

import convoy.worker.network.NetworkSpec;

/**
 * The network.
 *
 * @param name its architecture, such as resnet-20; there is one of that name for images of some
 *     size
 */
public record NetworkConfig(String name) {
  static NetworkConfig read(ConfigReader reader) {
    return new NetworkConfig(
        reader.text("network.name", "the name of a network", NetworkSpec::requireName));
  }
}
