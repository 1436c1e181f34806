package convoy.driver.training.checkpoint;

import convoy.driver.training.consensus.Consensus;
import convoy.driver.training.round.RoundFigures;
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
 * @param bestParameters values in {@code best-parameters.f32}; with 0 there is no such file
 * @param epochSoFar what the rounds of an epoch that is not done came to
 * @param epochsAtChance successive epochs whose accuracy was that of guessing
 * @param lastAccuracy measured after the last epoch that is done
 * @param bestEpoch the earliest one of the highest accuracy
 * @param bestAccuracy measured after that epoch
 * @param settings of the training run that determine its result, by key
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
    int bestParameters,
    Figures epochSoFar,
    int epochsAtChance,
    double lastAccuracy,
    int bestEpoch,
    double bestAccuracy,
    Map<String, String> settings) {
  static final String FORMAT = "convoy-checkpoint";
  static final int FORMAT_VERSION = 3;

  /**
   * {@link RoundFigures} as JSON has them.
   *
   * @param correct null if not counted
   */
  record Figures(
      long examples,
      double lossSum,
      Long correct,
      double broadcastSeconds,
      double computeSeconds,
      double gatherSeconds,
      double averageSeconds) {
    private static Figures of(RoundFigures figures) {
      return new Figures(
          figures.examples(),
          figures.lossSum(),
          figures.correct().isPresent() ? figures.correct().getAsLong() : null,
          figures.broadcastSeconds(),
          figures.computeSeconds(),
          figures.gatherSeconds(),
          figures.averageSeconds());
    }

    private RoundFigures toFigures() {
      return new RoundFigures(
          examples,
          lossSum,
          correct == null ? OptionalLong.empty() : OptionalLong.of(correct),
          broadcastSeconds,
          computeSeconds,
          gatherSeconds,
          averageSeconds);
    }
  }

  static CheckpointManifest of(Checkpoint checkpoint) {
    TrainingState state = checkpoint.consensus().state();
    Standing standing = checkpoint.standing();
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
        standing.bestParameters().length,
        Figures.of(checkpoint.epochSoFar()),
        standing.epochsAtChance(),
        standing.lastAccuracy(),
        standing.bestEpoch(),
        standing.bestAccuracy(),
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

  /** The checkpoint, with the vectors of {@code consensus} and those of the best epoch. */
  Checkpoint toCheckpoint(Consensus consensus, float[] best) {
    return new Checkpoint(
        epoch,
        round,
        consensus,
        epochSoFar.toFigures(),
        new Standing(epochsAtChance, lastAccuracy, bestEpoch, bestAccuracy, best),
        settings);
  }
}
