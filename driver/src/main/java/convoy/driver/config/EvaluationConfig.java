package convoy.driver.config;

import convoy.driver.evaluation.EvaluationSpec;
import convoy.worker.engine.TestTimeFlip;
import convoy.worker.image.Split;

/**
 * The measuring of accuracy.
 *
 * @param spec how it is measured, in training too
 * @param split what the command evaluate measures it on
 */
public record EvaluationConfig(EvaluationSpec spec, Split split) {
  static EvaluationConfig read(ConfigReader reader) {
    return new EvaluationConfig(
        new EvaluationSpec(
            reader.key("evaluation.batch-size").wholeNumber(1, 65_536),
            TestTimeFlip.of(reader.key("evaluation.test-time-flip").distinguishesRuns().flag())),
        reader.key("evaluation.split").choice(Split.class));
  }
}
