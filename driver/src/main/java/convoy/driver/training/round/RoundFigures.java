package convoy.driver.training.round;

import java.util.OptionalLong;

/**
 * What one round, or all rounds of an epoch together, came to, and where the time went, in seconds
 * of the driver's clock.
 *
 * @param examples images trained on by all replicas
 * @param lossSum cross-entropy in nats summed over them
 * @param correct images classified rightly before the step that used them; empty if the averaging
 *     master does not count them
 * @param broadcastSeconds until the state is ready to be fetched by the executors
 * @param computeSeconds the slowest replica: loading, steps, copying
 * @param gatherSeconds the rest of the job: scheduling, fetching the state, bringing the updates
 *     together; where they are sliced, averaging the slices too
 * @param averageSeconds what the driver has left to do: adding the updates up, or joining their
 *     slices
 */
public record RoundFigures(
    long examples,
    double lossSum,
    OptionalLong correct,
    double broadcastSeconds,
    double computeSeconds,
    double gatherSeconds,
    double averageSeconds) {
  /** Of no round at all. */
  public static final RoundFigures NONE = new RoundFigures(0, 0, OptionalLong.of(0), 0, 0, 0, 0);

  /** Of these rounds and others. */
  public RoundFigures plus(RoundFigures other) {
    OptionalLong bothCorrect =
        correct.isPresent() && other.correct.isPresent()
            ? OptionalLong.of(correct.getAsLong() + other.correct.getAsLong())
            : OptionalLong.empty();
    return new RoundFigures(
        examples + other.examples,
        lossSum + other.lossSum,
        bothCorrect,
        broadcastSeconds + other.broadcastSeconds,
        computeSeconds + other.computeSeconds,
        gatherSeconds + other.gatherSeconds,
        averageSeconds + other.averageSeconds);
  }

  /** Mean cross-entropy in nats. */
  public double loss() {
    return lossSum / examples;
  }

  /** The share of images classified rightly, 0 to 1, or null if not counted. */
  public Double accuracy() {
    return correct.isPresent() ? (double) correct.getAsLong() / examples : null;
  }

  /** Images trained on in a second of the driver's clock. */
  public double imagesPerSecond() {
    return examples / (broadcastSeconds + computeSeconds + gatherSeconds + averageSeconds);
  }
}
