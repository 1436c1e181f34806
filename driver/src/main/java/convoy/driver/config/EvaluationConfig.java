package convoy.driver.config;

import convoy.worker.engine.TestTimeFlip;

/**
 * How accuracy is measured.
 *
 * @param batchSize images of one forward pass, 1 or more
 * @param testTimeFlip whether the network looks at mirror images too
 */
public record EvaluationConfig(int batchSize, TestTimeFlip testTimeFlip) {
  static EvaluationConfig read(ConfigReader reader) {
    return new EvaluationConfig(
        reader.key("evaluation.batch-size").wholeNumber(1, 65_536),
        TestTimeFlip.of(reader.key("evaluation.test-time-flip").distinguishesRuns().flag()));
  }
}
