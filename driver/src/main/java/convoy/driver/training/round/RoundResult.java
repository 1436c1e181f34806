package convoy.driver.training.round;

import convoy.worker.training.Divergence;
import convoy.worker.training.TrainingState;
import java.util.Optional;

/**
 * What a round of averaging brought.
 *
 * @param state the averaged state
 * @param figures of the round
 * @param divergence of the replica that diverged first; empty if none did, or the averaging master
 *     does not look
 */
public record RoundResult(
    TrainingState state, RoundFigures figures, Optional<Divergence> divergence) {}
