package convoy.worker.engine;

/**
 * What one training step saw, before it changed the parameters.
 *
 * @param lossSum cross-entropy in nats, summed over the minibatch, without weight decay
 * @param correct images whose most probable class was their label
 */
public record StepResult(double lossSum, int correct) {}
