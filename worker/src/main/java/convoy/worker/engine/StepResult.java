package convoy.worker.engine;

/**
 * What one training step saw, before it changed the parameters.
 *
 * @param lossSum the {@link convoy.worker.network.TrainingLoss} of the first output in nats, summed
 *     over the minibatch, without weight decay and auxiliary classifiers
 * @param correct images whose most probable class was their label
 */
public record StepResult(double lossSum, int correct) {}
