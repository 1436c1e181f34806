package convoy.driver.config;

import convoy.driver.device.EngineSpec;
import convoy.worker.engine.catalog.Engines;
import java.util.stream.Stream;

/** Reads the block {@code engine}. */
final class EngineKeys {
  private EngineKeys() {}

  static EngineSpec read(ConfigReader reader) {
    return new EngineSpec(
        reader
            .key("engine.name")
            .decidesResult()
            .word(
                Stream.concat(Stream.of(EngineSpec.AUTO), Engines.names().stream())
                    .toArray(String[]::new)),
        reader.key("engine.device").decidesResult().word("auto", "cpu", "gpu"),
        reader.key("engine.threads").decidesResult().wholeNumber(1, 1024));
  }
}
