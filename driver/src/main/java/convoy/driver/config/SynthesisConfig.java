package convoy.driver.config;

import convoy.driver.data.synthesis.SynthesisLayout;
import convoy.driver.data.synthesis.SynthesisSpec;

/** Reads what synthetic images are drawn. */
final class SynthesisConfig {
  private static final int MOST_IMAGES = 10_000_000;

  private SynthesisConfig() {}

  static SynthesisSpec read(ConfigReader reader) {
    return new SynthesisSpec(
        reader.key("synthesis.layout").choice(SynthesisLayout.class),
        reader.key("synthesis.training-images").wholeNumber(1, MOST_IMAGES),
        reader.key("synthesis.test-images").wholeNumber(1, MOST_IMAGES),
        reader.key("synthesis.seed").wholeNumber(0L, TrainingConfig.LARGEST_SEED));
  }
}
