package convoy.driver.config;

/**
 * How accuracy is measured.
 *
 * @param batchSize images of one forward pass, 1 or more
 */
public record EvaluationConfig(int batchSize) {
  static EvaluationConfig read(ConfigReader reader) {
    return new EvaluationConfig(reader.wholeNumber("evaluation.batch-size", 1, 65_536));
  }
}
