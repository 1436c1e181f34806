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
        reader.word("engine.name", "auto", "onednn", "dl4j"),
        reader.word("engine.device", "auto", "cpu", "gpu"),
        reader.wholeNumber("engine.threads", 1, 1024));
  }
}
