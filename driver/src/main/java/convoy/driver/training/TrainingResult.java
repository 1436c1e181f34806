package convoy.driver.training;

/**
 * What a training came to.
 *
 * @param epochs passes over the training images
 * @param testAccuracy of the last epoch, on all test images, 0 to 1
 * @param modelUri where the model was published
 * @param parametersSha256 of the model's parameters
 */
public record TrainingResult(
    int epochs, double testAccuracy, String modelUri, String parametersSha256) {}
