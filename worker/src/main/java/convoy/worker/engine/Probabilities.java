package convoy.worker.engine;

import convoy.worker.network.TrainingLoss;

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
   * The loss of one image in nats: (1 - e) times the cross-entropy of its label and e times the
   * mean of all classes', where e is the label smoothing; times the weight of its class.
   */
  public static double loss(
      float[] probabilities, int image, int classes, int label, TrainingLoss loss) {
    double smoothing = loss.labelSmoothing();
    double ofLabel = crossEntropy(probabilities, image, classes, label);
    if (smoothing == 0) {
      return loss.weight(label) * ofLabel;
    }
    double ofAll = 0;
    for (int c = 0; c < classes; c++) {
      ofAll += crossEntropy(probabilities, image, classes, c);
    }
    return loss.weight(label) * ((1 - smoothing) * ofLabel + smoothing * ofAll / classes);
  }
}
