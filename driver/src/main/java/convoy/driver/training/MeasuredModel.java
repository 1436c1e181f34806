package convoy.driver.training;

import convoy.worker.evaluation.Evaluation;
import convoy.worker.model.InferenceModel;

/**
 * The model that a consensus makes, measured.
 *
 * @param model with the evaluated parameters
 * @param evaluation what it came to on all images of a split
 * @param seconds how long the evaluation took
 */
record MeasuredModel(InferenceModel model, Evaluation evaluation, double seconds) {}
