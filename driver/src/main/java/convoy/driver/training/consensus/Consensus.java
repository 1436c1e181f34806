package convoy.driver.training.consensus;

import convoy.worker.training.TrainingState;

/**
 * What goes round the driver's loop: the state that all replicas start a round from, and what the
 * driver alone keeps of the rounds so far. The arrays are shared, not copied, and must not be
 * changed.
 */
public final class Consensus {
  private final TrainingState state;
  private final float[] outerMomentum;
  private final float[] meanParameters;

  /** A consensus; see the methods of the same names. */
  public Consensus(TrainingState state, float[] outerMomentum, float[] meanParameters) {
    this.state = state;
    this.outerMomentum = outerMomentum;
    this.meanParameters = meanParameters;
  }

  /** Where a training run begins. */
  public static Consensus start(TrainingState state) {
    return new Consensus(state, new float[0], new float[0]);
  }

  /** The training's state after the last round. */
  public TrainingState state() {
    return state;
  }

  /** The outer step's momentum, one entry per parameter; of length 0 if it has none. */
  public float[] outerMomentum() {
    return outerMomentum;
  }

  /** Mean of the parameters over past rounds, for evaluation; of length 0 if none is kept. */
  public float[] meanParameters() {
    return meanParameters;
  }
}
