package convoy.driver.evaluation;

import convoy.driver.data.ImageSet;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.Shown;
import convoy.driver.failure.UserException;
import convoy.worker.image.Fit;
import convoy.worker.image.Preprocessing;
import convoy.worker.model.InferenceModel;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether the images of a set are prepared as those that a model was trained on. */
final class SetOfModel {
  private SetOfModel() {}

  /**
   * Checks that a set has the model's classes in their order, and images of its shape.
   *
   * @throws UserException if it has not
   */
  static void require(ImageSet set, InferenceModel model) {
    requireClasses(set, model.labels());
    Preprocessing preprocessing = model.preprocessing();
    if (!set.storedShape().equals(preprocessing.storedShape())
        || set.margin() != preprocessing.margin()) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot evaluate the model on %s: its images are %s with a margin of %d and the model's were %s with %d (import the set with the size that the model was trained for)"
              .formatted(
                  set.uri(),
                  set.storedShape(),
                  set.margin(),
                  preprocessing.storedShape(),
                  preprocessing.margin()));
    }
  }

  private static void requireClasses(ImageSet set, List<String> labels) {
    List<String> classNames = set.classNames();
    String difference;
    if (classNames.size() != labels.size()) {
      difference = "it has %d classes and the model %d".formatted(classNames.size(), labels.size());
    } else if (!classNames.equals(labels)) {
      int first = 0;
      while (classNames.get(first).equals(labels.get(first))) {
        first++;
      }
      difference =
          "its label %d is \"%s\" and the model's is \"%s\""
              .formatted(first, Shown.name(classNames.get(first)), Shown.name(labels.get(first)));
    } else {
      return;
    }
    throw new UserException(
        ExitCode.INPUT,
        "Cannot evaluate the model on %s: %s (name the data set that the model was trained for)"
            .formatted(set.uri(), difference));
  }

  /**
   * A warning if the pictures of the set became images in another way than {@code predict} prepares
   * them for this model. It is no error: pictures that had the stored shape are the same either
   * way, and a set does not say whether all of its had.
   */
  static Optional<String> fitWarning(ImageSet set, Fit fit) {
    return set.effectiveFit()
        .filter(ofSet -> ofSet != fit)
        .map(
            ofSet ->
                "The pictures of %s were imported with --fit %s, and the model takes them with %s: unless all had the stored shape, the accuracy is not what predict reaches (import the set again with --fit %s)"
                    .formatted(set.uri(), word(ofSet), word(fit), word(fit)));
  }

  private static String word(Fit fit) {
    return fit.name().toLowerCase(Locale.ROOT);
  }
}
