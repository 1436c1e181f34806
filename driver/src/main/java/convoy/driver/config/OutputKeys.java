package convoy.driver.config;

import convoy.driver.store.OutputSpec;

/** Reads the block {@code output}. */
final class OutputKeys {
  private OutputKeys() {}

  static OutputSpec read(ConfigReader reader) {
    return new OutputSpec(reader.key("output.path").text(), reader.key("output.overwrite").flag());
  }
}
