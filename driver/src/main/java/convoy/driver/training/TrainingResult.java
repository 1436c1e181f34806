package convoy.driver.training;

import java.util.OptionalDouble;

/**
 * What a training run came to.
 *
 * @param epochs passes over the training images
 * @param publishedEpoch the one whose model was published, 1 or more
 * @param testAccuracy of that model, on all test images, 0 to 1
 * @param validationAccuracy of that model, on all validation images, 0 to 1; empty if the image set
 *     has none
 * @param modelUri where the model was published
 * @param parametersSha256 of the model's parameters
 */
public record TrainingResult(
    int epochs,
    int publishedEpoch,
    double testAccuracy,
    OptionalDouble validationAccuracy,
    String modelUri,
    String parametersSha256) {}
