package convoy.driver.training;

import convoy.worker.training.TrainingState;

/**
 * What a round of averaging brought.
 *
 * @param state the averaged state
 * @param examples images trained on by all replicas
 * @param lossSum cross-entropy in nats summed over them; NaN if the averaging master does not say
 * @param correct images classified rightly before the step that used them; -1 if unknown
 * @param times where the time went
 */
record RoundResult(
    TrainingState state, long examples, double lossSum, long correct, RoundTimes times) {}
