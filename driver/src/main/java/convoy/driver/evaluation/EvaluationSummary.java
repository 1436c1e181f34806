package convoy.driver.evaluation;

import convoy.worker.engine.TestTimeFlip;
import convoy.worker.evaluation.Evaluation;
import java.util.List;
import java.util.Locale;

/**
 * What an evaluation found.
 *
 * @param labels the class names, in the order of the confusion matrix
 * @param evaluation of all images of the split
 * @param flip whether the network looked at mirror images too
 */
public record EvaluationSummary(List<String> labels, Evaluation evaluation, TestTimeFlip flip) {
  /** Accuracy, loss and the confusion matrix as a block of text. */
  public String text() {
    return String.format(
            Locale.ROOT,
            "Accuracy %.4f (%,d of %,d images), mean loss %.4f%s%n"
                + "Macro-averaged recall %.4f, F1 %.4f%n",
            evaluation.confusionMatrix().accuracy(),
            evaluation.confusionMatrix().correct(),
            evaluation.confusionMatrix().total(),
            evaluation.meanLoss(),
            flip.note(),
            evaluation.confusionMatrix().macroRecall(),
            evaluation.confusionMatrix().macroF1())
        + ConfusionTable.of(labels, evaluation.confusionMatrix());
  }
}
