package convoy.driver.config;

import convoy.driver.evaluation.EvaluationSpec;
import convoy.worker.engine.TestTimeFlip;

/** Reads the block {@code evaluation}. */
final class EvaluationKeys {
  private EvaluationKeys() {}

  static EvaluationSpec read(ConfigReader reader) {
    return new EvaluationSpec(
        reader.key("evaluation.batch-size").wholeNumber(1, 65_536),
        TestTimeFlip.of(reader.key("evaluation.test-time-flip").distinguishesRuns().flag()));
  }
}
