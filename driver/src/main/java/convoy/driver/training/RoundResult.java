package convoy.driver.training;

import convoy.worker.training.TrainingState;
import java.util.OptionalLong;

/**
 * What a round of averaging brought.
 *
 * @param state the averaged state
 * @param examples images trained on by all replicas
 * @param lossSum cross-entropy in nats summed over them
 * @param correct images classified rightly before the step that used them; empty if the averaging
 *     master does not count them
 * @param times where the time went
 */
public record RoundResult(
    TrainingState state, long examples, double lossSum, OptionalLong correct, RoundTimes times) {}
