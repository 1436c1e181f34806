package convoy.worker.training;

import java.io.Serializable;

/**
 * One round of averaging: its place in the training run. A round never crosses the end of an epoch.
 *
 * @param epoch from 1
 * @param round within the epoch, from 1
 * @param firstStep local steps of the epoch before it, from 0
 * @param steps local steps that the replica with the most images takes in it, 1 or more
 */
public record Round(int epoch, int round, int firstStep, int steps) implements Serializable {}
