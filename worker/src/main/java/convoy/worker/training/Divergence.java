package convoy.worker.training;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Optional;

/** Where a replica's numbers first stopped being finite in a round: small facts for a message. */
public final class Divergence implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of several in a round the earliest, of the lowest replica where they tie, is the least. */
  public static final Comparator<Divergence> EARLIEST_FIRST =
      Comparator.comparingInt(Divergence::step).thenComparingInt(Divergence::replica);

  private final int replica;
  private final int step;
  private final double loss;
  private final String layer;

  /** A divergence; see the methods of the same names. */
  Divergence(int replica, int step, double loss, Optional<String> layer) {
    this.replica = replica;
    this.step = step;
    this.loss = loss;
    this.layer = layer.orElse(null);
  }

  /** The replica's number, which is its partition's, from 0. */
  public int replica() {
    return replica;
  }

  /** The local step of the round, from 1, whose loss was not finite, or that spoilt parameters. */
  public int step() {
    return step;
  }

  /** The sum of the losses in that step; finite if only the parameters after it are not. */
  public double loss() {
    return loss;
  }

  /**
   * The first layer, in the network's order, that had a parameter which was not finite or, if all
   * were before the step, gave such an output in it; empty if none did, as for a loss that was too
   * large by itself.
   */
  public Optional<String> layer() {
    return Optional.ofNullable(layer);
  }
}
