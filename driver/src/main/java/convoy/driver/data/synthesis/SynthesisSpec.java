package convoy.driver.data.synthesis;

/**
 * The drawing of synthetic images.
 *
 * @param layout how they are written
 * @param trainingImages images to train with, 1 or more
 * @param testImages images to measure with, 1 or more
 * @param seed of the drawing, 0 to 2^53 - 1
 */
public record SynthesisSpec(
    SynthesisLayout layout, int trainingImages, int testImages, long seed) {}
