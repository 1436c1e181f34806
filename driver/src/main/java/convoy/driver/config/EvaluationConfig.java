package convoy.driver.config;

/**
 * How accuracy is measured.
 *
 * @param batchSize images of one forward pass, 1 or more
 * @param testTimeFlip whether the network looks at mirror images too
 */
public record EvaluationConfig(int batchSize, boolean testTimeFlip) {
  static EvaluationConfig read(ConfigReader reader) {
    return new EvaluationConfig(
        reader.wholeNumber("evaluation.batch-size", 1, 65_536),
        reader.flag("evaluation.test-time-flip"));
  }
}
