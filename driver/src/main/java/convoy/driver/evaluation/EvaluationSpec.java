package convoy.driver.evaluation;

import convoy.worker.engine.TestTimeFlip;

/**
 * How accuracy is measured.
 *
 * @param batchSize images of one forward pass, 1 or more; the result does not depend on it
 * @param testTimeFlip whether the network looks at mirror images too
 */
public record EvaluationSpec(int batchSize, TestTimeFlip testTimeFlip) {}
