package convoy.driver.report;

import convoy.driver.monitoring.event.EvaluationFigures;
import convoy.driver.monitoring.event.PicturesChosen;

/**
 * The file {@value #NAME} of a published model: how it did on the test images.
 *
 * @param evaluation of the test images, with confusions
 * @param pictures some of them
 */
public record TestFile(EvaluationFigures evaluation, PicturesChosen pictures) {
  /** Its name in the directory of the model. */
  public static final String NAME = "evaluation.json";
}
