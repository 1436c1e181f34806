package convoy.driver.training;

import convoy.worker.evaluation.Evaluation;
import convoy.worker.model.InferenceModel;

/**
 * The model that a consensus makes, tested.
 *
 * @param model with the evaluated parameters
 * @param test what it came to on all test images
 */
record TestedModel(InferenceModel model, Evaluation test) {}
