package convoy.driver.config;

/**
 * The drawing of a synthetic image set.
 *
 * @param trainingImages images to train with, 1 or more
 * @param testImages images to measure with, 1 or more
 * @param seed of the drawing, 0 to 2^53 - 1
 */
public record SynthesisConfig(int trainingImages, int testImages, long seed) {
  private static final int MOST_IMAGES = 10_000_000;

  static SynthesisConfig read(ConfigReader reader) {
    return new SynthesisConfig(
        reader.key("synthesis.training-images").wholeNumber(1, MOST_IMAGES),
        reader.key("synthesis.test-images").wholeNumber(1, MOST_IMAGES),
        reader.key("synthesis.seed").wholeNumber(0L, TrainingConfig.LARGEST_SEED));
  }
}
