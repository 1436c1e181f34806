package convoy.driver.training;

import convoy.worker.training.TrainingState;
import java.util.Map;

/**
 * Where a training can be taken up again.
 *
 * @param epoch the last epoch that is done, 1 or more
 * @param state after it
 * @param settings of the training that determine its result, by key
 */
record Checkpoint(int epoch, TrainingState state, Map<String, String> settings) {}
