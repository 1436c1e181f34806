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
        reader
            .key("network.name")
            .decidesResult()
            .text(
                "the name of a network",
                name -> {
                  NetworkSpec.requireName(name);
                  return name;
                }));
  }
}
