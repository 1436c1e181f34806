package convoy.driver.config;

import convoy.driver.evaluation.EvaluationSpec;
import convoy.driver.store.OutputSpec;
import convoy.worker.engine.TestTimeFlip;
import convoy.worker.image.Split;

/**
 * The measuring of accuracy.
 *
 * @param spec how it is measured, in training too
 * @param split what the command evaluate measures it on
 * @param disturb whether evaluate measures it under disturbances too
 * @param output where evaluate writes what it measured under disturbances; its path is empty if not
 *     given
 */
public record EvaluationConfig(
    EvaluationSpec spec, Split split, boolean disturb, OutputSpec output) {
  static EvaluationConfig read(ConfigReader reader) {
    return new EvaluationConfig(
        new EvaluationSpec(
            reader.key("evaluation.batch-size").wholeNumber(1, 65_536),
            TestTimeFlip.of(reader.key("evaluation.test-time-flip").distinguishesRuns().flag())),
        reader.key("evaluation.split").choice(Split.class),
        reader.key("evaluation.disturb").flag(),
        new OutputSpec(
            reader.key("evaluation.output-path").text(),
            reader.key("evaluation.overwrite").flag()));
  }
}
