package convoy.worker.engine;

/** Reads a network's output: float32 {@code [count * classes]}, image by image. */
public final class Probabilities {
  /** Probabilities below this count as this, so that a loss stays finite; DL4J's own bound. */
  private static final double SMALLEST = 1e-10;

  private Probabilities() {}

  /** The most probable class of one image; the lowest of equals. */
  public static int mostProbable(float[] probabilities, int image, int classes) {
    int best = 0;
    int start = image * classes;
    for (int c = 1; c < classes; c++) {
      if (probabilities[start + c] > probabilities[start + best]) {
        best = c;
      }
    }
    return best;
  }

  /** The cross-entropy of one image in nats, 0 or more; NaN if its probability is NaN. */
  public static double crossEntropy(float[] probabilities, int image, int classes, int label) {
    return -Math.log(Math.max(probabilities[image * classes + label], SMALLEST));
  }
}
