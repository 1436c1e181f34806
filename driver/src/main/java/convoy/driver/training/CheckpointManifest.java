package convoy.driver.training;

import convoy.worker.training.TrainingState;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The content of a checkpoint's {@code checkpoint.json}: all of it but the long vectors.
 *
 * @param format always {@value #FORMAT}
 * @param formatVersion the layout of a checkpoint, now {@value #FORMAT_VERSION}
 * @param epoch the last one begun
 * @param round the last one done in it
 * @param iteration steps each replica has taken
 * @param parameters values in {@code parameters.f32}
 * @param optimizerState values in {@code optimizer.f32}; with 0 there is no such file
 * @param outerMomentum values in {@code outer-momentum.f32}; with 0 there is no such file
 * @param meanParameters values in {@code mean-parameters.f32}; with 0 there is no such file
 * @param epochSoFar what the rounds of an epoch that is not done came to
 * @param epochsAtChance successive epochs whose test accuracy was that of guessing
 * @param settings of the training that determine its result, by key
 */
record CheckpointManifest(
    String format,
    int formatVersion,
    int epoch,
    int round,
    long iteration,
    int parameters,
    int optimizerState,
    int outerMomentum,
    int meanParameters,
    Sums epochSoFar,
    int epochsAtChance,
    Map<String, String> settings) {
  static final String FORMAT = "convoy-checkpoint";
  static final int FORMAT_VERSION = 3;

  /**
   * A {@link RoundSummary} as JSON has it.
   *
   * @param correct null if not counted
   */
  record Sums(
      long examples,
      double lossSum,
      Long correct,
      double broadcastSeconds,
      double computeSeconds,
      double gatherSeconds,
      double averageSeconds) {
    private static Sums of(RoundSummary summary) {
      RoundTimes times = summary.times();
      return new Sums(
          summary.examples(),
          summary.lossSum(),
          summary.correct().isPresent() ? summary.correct().getAsLong() : null,
          times.broadcast(),
          times.compute(),
          times.gather(),
          times.average());
    }

    private RoundSummary toSummary() {
      return new RoundSummary(
          examples,
          lossSum,
          correct == null ? OptionalLong.empty() : OptionalLong.of(correct),
          new RoundTimes(broadcastSeconds, computeSeconds, gatherSeconds, averageSeconds));
    }
  }

  static CheckpointManifest of(Checkpoint checkpoint) {
    TrainingState state = checkpoint.consensus().state();
    return new CheckpointManifest(
        FORMAT,
        FORMAT_VERSION,
        checkpoint.epoch(),
        checkpoint.round(),
        state.iteration(),
        state.parameters().length,
        state.optimizerState().length,
        checkpoint.consensus().outerMomentum().length,
        checkpoint.consensus().meanParameters().length,
        Sums.of(checkpoint.epochSoFar()),
        checkpoint.epochsAtChance(),
        checkpoint.settings());
  }

  /** Why this version of Convoy cannot read a manifest of such a format; empty if it can. */
  static Optional<String> obstacle(String format, int formatVersion) {
    return FORMAT.equals(format) && formatVersion == FORMAT_VERSION
        ? Optional.empty()
        : Optional.of(
            "it is of format %s %d, and this Convoy reads %s %d"
                .formatted(format, formatVersion, FORMAT, FORMAT_VERSION));
  }

  /** The checkpoint, with the vectors of {@code consensus}. */
  Checkpoint toCheckpoint(Consensus consensus) {
    return new Checkpoint(
        epoch, round, consensus, epochSoFar.toSummary(), epochsAtChance, settings);
  }
}
