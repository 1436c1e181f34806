package convoy.driver.training;

import java.util.OptionalLong;

/**
 * What one round, or all rounds of an epoch together, came to.
 *
 * @param examples images trained on
 * @param lossSum cross-entropy in nats summed over them
 * @param correct images classified rightly before the step that used them; empty if not counted
 * @param times where the time went
 */
record RoundSummary(long examples, double lossSum, OptionalLong correct, RoundTimes times) {
  static final RoundSummary NONE =
      new RoundSummary(0, 0, OptionalLong.of(0), new RoundTimes(0, 0, 0, 0));

  static RoundSummary of(RoundResult result) {
    return new RoundSummary(result.examples(), result.lossSum(), result.correct(), result.times());
  }

  RoundSummary plus(RoundSummary other) {
    OptionalLong bothCorrect =
        correct.isPresent() && other.correct.isPresent()
            ? OptionalLong.of(correct.getAsLong() + other.correct.getAsLong())
            : OptionalLong.empty();
    return new RoundSummary(
        examples + other.examples, lossSum + other.lossSum, bothCorrect, times.plus(other.times));
  }

  /** Mean cross-entropy in nats. */
  double loss() {
    return lossSum / examples;
  }

  /** The share of images classified rightly, 0 to 1, or null if not counted. */
  Double accuracy() {
    return correct.isPresent() ? (double) correct.getAsLong() / examples : null;
  }

  /** Images trained on in a second of the driver's clock. */
  double imagesPerSecond() {
    return examples / times.total();
  }
}
