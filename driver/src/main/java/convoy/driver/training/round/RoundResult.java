package convoy.driver.training.round;

import convoy.worker.training.Divergence;
import convoy.worker.training.TrainingState;
import java.util.List;
import java.util.Optional;

/**
 * What a round of averaging brought.
 *
 * @param state the averaged state
 * @param figures of the round
 * @param replicas what each of them took and how far it went, in their order; none if the averaging
 *     master does not tell
 * @param divergence of the replica that diverged first; empty if none did, or the averaging master
 *     does not look
 */
public record RoundResult(
    TrainingState state,
    RoundFigures figures,
    List<ReplicaFigures> replicas,
    Optional<Divergence> divergence) {}
