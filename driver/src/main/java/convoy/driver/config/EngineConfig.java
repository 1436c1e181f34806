package convoy.driver.config;

/**
 * What runs the network on the executors.
 *
 * @param name auto, onednn or dl4j
 * @param device auto, cpu or gpu
 * @param threads threads of one replica's native operations, 1 or more
 */
public record EngineConfig(String name, String device, int threads) {
  static EngineConfig read(ConfigReader reader) {
    return new EngineConfig(
        reader.key("engine.name").decidesResult().word("auto", "onednn", "dl4j"),
        reader.key("engine.device").decidesResult().word("auto", "cpu", "gpu"),
        reader.key("engine.threads").decidesResult().wholeNumber(1, 1024));
  }
}
