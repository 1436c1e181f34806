package convoy.worker.evaluation;

import java.io.Serializable;

/** How well a network does on labelled images: a confusion matrix and the sum of its losses. */
public final class Evaluation implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ConfusionMatrix confusionMatrix;
  private final double lossSum;

  /** An evaluation; see the methods of the same names. */
  public Evaluation(ConfusionMatrix confusionMatrix, double lossSum) {
    this.confusionMatrix = confusionMatrix;
    this.lossSum = lossSum;
  }

  /** Both together. The loss is a floating-point sum: add in partition order. */
  public Evaluation plus(Evaluation other) {
    return new Evaluation(confusionMatrix.plus(other.confusionMatrix), lossSum + other.lossSum);
  }

  /** Which class was taken for which. */
  public ConfusionMatrix confusionMatrix() {
    return confusionMatrix;
  }

  /** Cross-entropy in nats, summed over the images. */
  public double lossSum() {
    return lossSum;
  }

  /** Cross-entropy in nats, the mean over the images; NaN if there are none. */
  public double meanLoss() {
    return lossSum / confusionMatrix.total();
  }
}
