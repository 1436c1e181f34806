package convoy.worker.engine.onednn.operator;

import convoy.worker.image.minibatch.Minibatch;

/** What goes into one run of a plan, and what comes out of it besides gradients. */
public final class StepContext {
  private Minibatch minibatch;
  private long dropoutSeed;
  private double lossSum;
  private int correct;
  private float[] probabilities;

  /** The next run is on this minibatch, with dropout masks drawn from this seed. */
  public void begin(Minibatch nextMinibatch, long nextDropoutSeed) {
    minibatch = nextMinibatch;
    dropoutSeed = nextDropoutSeed;
  }

  Minibatch minibatch() {
    return minibatch;
  }

  long dropoutSeed() {
    return dropoutSeed;
  }

  void predicted(float[] newProbabilities) {
    probabilities = newProbabilities;
  }

  void learnt(double newLossSum, int newCorrect) {
    lossSum = newLossSum;
    correct = newCorrect;
  }

  /** The main output's cross-entropy in nats, summed over the minibatch. */
  public double lossSum() {
    return lossSum;
  }

  /** Images whose most probable class was their label. */
  public int correct() {
    return correct;
  }

  /** Class probabilities, float32 {@code [batchSize * classes]}, image by image. */
  public float[] probabilities() {
    return probabilities;
  }
}
