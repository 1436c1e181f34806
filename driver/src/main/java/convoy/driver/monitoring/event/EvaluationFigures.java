package convoy.driver.monitoring.event;

/**
 * What an evaluation of a model came to.
 *
 * @param split whose images they are, {@code validation} or {@code test}
 * @param loss mean cross-entropy in nats
 * @param correct images classified rightly
 * @param count images in all
 * @param accuracy correct over count
 * @param macroRecall mean of the recall of each class
 * @param macroF1 mean of the F1 of each class
 * @param testTimeFlip whether mirror images were classified, too
 * @param confusions which classes were taken for which; null where that is not told
 */
public record EvaluationFigures(
    String split,
    double loss,
    long correct,
    long count,
    double accuracy,
    double macroRecall,
    double macroF1,
    boolean testTimeFlip,
    Confusions confusions) {
  /** The same, with what classes were taken for which. */
  public EvaluationFigures with(Confusions told) {
    return new EvaluationFigures(
        split, loss, correct, count, accuracy, macroRecall, macroF1, testTimeFlip, told);
  }
}
