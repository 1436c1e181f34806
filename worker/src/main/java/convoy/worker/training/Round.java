package convoy.worker.training;

import java.io.Serializable;

/**
 * One round of averaging: where in the training it stands, and its learning rate.
 *
 * @param epoch from 1
 * @param round within the epoch, from 1
 * @param learningRate the step size of all its steps
 */
public record Round(int epoch, int round, double learningRate) implements Serializable {}
