package convoy.worker.training;

import java.util.Comparator;
import java.util.Optional;

/**
 * Where a replica's numbers first stopped being finite in a round: small facts for a message.
 *
 * @param replica the replica's number, which is its partition's, from 0
 * @param step the local step of the round, from 1, whose loss was not finite, or that spoilt
 *     parameters
 * @param loss the sum of the losses in that step; finite if only the parameters after it are not
 * @param layer the first layer, in the network's order, that had a parameter which was not finite
 *     or, if all were before the step, gave such an output in it; empty if none did, as for a loss
 *     that was too large by itself
 */
public record Divergence(int replica, int step, double loss, Optional<String> layer) {
  /** Of several in a round the earliest, of the lowest replica where they tie, is the least. */
  public static final Comparator<Divergence> EARLIEST_FIRST =
      Comparator.comparingInt(Divergence::step).thenComparingInt(Divergence::replica);
}
