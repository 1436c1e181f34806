package convoy.driver.config;

import convoy.worker.engine.catalog.Engines;
import java.util.stream.Stream;

/**
 * What runs the network on the executors.
 *
 * @param name of an engine, or {@link #AUTO}
 * @param device auto, cpu or gpu
 * @param threads threads of one replica's native operations, 1 or more
 */
public record EngineConfig(String name, String device, int threads) {
  /** Asks for the fastest engine that can run the network on the device. */
  public static final String AUTO = "auto";

  static EngineConfig read(ConfigReader reader) {
    return new EngineConfig(
        reader
            .key("engine.name")
            .decidesResult()
            .word(Stream.concat(Stream.of(AUTO), Engines.names().stream()).toArray(String[]::new)),
        reader.key("engine.device").decidesResult().word("auto", "cpu", "gpu"),
        reader.key("engine.threads").decidesResult().wholeNumber(1, 1024));
  }
}
