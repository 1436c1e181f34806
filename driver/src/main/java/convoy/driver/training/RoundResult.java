package convoy.driver.training;

import convoy.worker.training.Divergence;
import convoy.worker.training.TrainingState;
import java.util.Optional;
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
 * @param divergence of the replica that diverged first; empty if none did, or the averaging master
 *     does not look
 */
public record RoundResult(
    TrainingState state,
    long examples,
    double lossSum,
    OptionalLong correct,
    RoundTimes times,
    Optional<Divergence> divergence) {}
