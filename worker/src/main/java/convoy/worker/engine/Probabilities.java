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

  /**
   * The cross-entropy of one image in nats where its label is smoothed: (1 - e) times that of the
   * label and e times the mean over all classes (Szegedy et al., "Rethinking the Inception
   * Architecture for Computer Vision", 2015, section 7).
   *
   * @param smoothing e, 0 or more and less than 1
   */
  public static double smoothedCrossEntropy(
      float[] probabilities, int image, int classes, int label, double smoothing) {
    double ofLabel = crossEntropy(probabilities, image, classes, label);
    if (smoothing == 0) {
      return ofLabel;
    }
    double ofAll = 0;
    for (int c = 0; c < classes; c++) {
      ofAll += crossEntropy(probabilities, image, classes, c);
    }
    return (1 - smoothing) * ofLabel + smoothing * ofAll / classes;
  }
}
