package convoy.driver.config;

import convoy.driver.prediction.PredictionFormat;
import convoy.driver.prediction.PredictionSpec;
import convoy.worker.engine.TestTimeFlip;

/** Reads the block {@code prediction}. */
final class PredictionKeys {
  private PredictionKeys() {}

  static PredictionSpec read(ConfigReader reader) {
    return new PredictionSpec(
        reader.key("prediction.model-path").text(),
        reader.key("prediction.images-path").text(),
        reader.key("prediction.output-path").text(),
        reader.key("prediction.format").choice(PredictionFormat.class),
        reader.key("prediction.top-k").wholeNumber(1, 1000),
        reader.key("prediction.batch-size").wholeNumber(1, 65_536),
        TestTimeFlip.of(reader.key("prediction.test-time-flip").flag()),
        reader.key("prediction.max-pixels").wholeNumber(1L, 1_000_000_000L),
        reader.key("prediction.max-unreadable-share").number(0, 1),
        reader.key("prediction.partitions").wholeNumber(0, 100_000),
        reader.key("prediction.labelled").flag(),
        reader.key("prediction.overwrite").flag());
  }
}
