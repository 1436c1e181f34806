package convoy.driver.training;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.training.checkpoint.Standing;
import convoy.driver.training.metrics.Progress;
import convoy.driver.training.round.RoundResult;
import convoy.worker.evaluation.Evaluation;
import convoy.worker.image.Split;
import convoy.worker.network.FirstBadLayer;
import convoy.worker.network.NetworkSpec;
import convoy.worker.training.Divergence;
import convoy.worker.training.Round;
import convoy.worker.training.TrainingState;
import java.io.IOException;
import java.util.Locale;

/**
 * Stops a training run that can come to nothing: numbers that are not finite, or an accuracy that
 * stays where guessing would be. The metrics of what was done are written first, and the
 * checkpoints stay as they are.
 */
final class Sanity {
  /** Standard deviations of a guesser's accuracy above its mean; luck exceeds 3 once in 740. */
  private static final double DEVIATIONS = 3;

  private final NetworkSpec network;
  private final int stuckEpochs;
  private final Progress progress;

  /**
   * The sanity of a training run.
   *
   * @param stuckEpochs successive epochs at chance that end it; 0 for never
   */
  Sanity(NetworkSpec network, int stuckEpochs, Progress progress) {
    this.network = network;
    this.stuckEpochs = stuckEpochs;
    this.progress = progress;
  }

  /**
   * Checks the losses of a round.
   *
   * @throws UserException naming the replica, the step and the layer, as far as the averaging
   *     master tells them, if any of them is not finite, or a replica's parameters are not
   */
  void requireFinite(Round round, RoundResult result) throws IOException {
    if (result.divergence().isPresent()) {
      throw diverged(reason(round, result.divergence().get()));
    }
    if (!Double.isFinite(result.figures().lossSum())) {
      throw diverged("the loss of %s is %s".formatted(name(round), result.figures().lossSum()));
    }
  }

  /**
   * Checks the parameters that the round led to.
   *
   * @throws UserException naming the layer, if any of them is not finite
   */
  void requireFinite(Round round, TrainingState state) throws IOException {
    // A step's loss is taken before it changes the parameters: the last one's shows nowhere else.
    if (!state.hasFiniteParameters()) {
      throw diverged(
          "the parameters after %s are not all finite, first in layer %s"
              .formatted(
                  name(round),
                  FirstBadLayer.inParameters(network, state.parameters()).orElseThrow()));
    }
  }

  /**
   * Checks an evaluation.
   *
   * @throws UserException if its loss is not finite
   */
  void requireFinite(int epoch, Evaluation evaluation, Split split) throws IOException {
    if (!Double.isFinite(evaluation.meanLoss())) {
      throw diverged(
          "the %s loss of epoch %d is %s".formatted(split.word(), epoch, evaluation.meanLoss()));
    }
  }

  /**
   * Checks that a training run may go on after {@code epoch}, or be published.
   *
   * @param standing after that epoch
   * @param split that accuracy is measured on
   * @param images of that split
   * @throws UserException if the accuracy has been that of guessing for too many successive epochs
   */
  void requireLearning(int epoch, Standing standing, Split split, long images) throws IOException {
    if (stuckEpochs > 0 && standing.epochsAtChance() >= stuckEpochs) {
      throw stopped(
          String.format(
              Locale.ROOT,
              "%s accuracy was no better than guessing among %d classes (at most %.4f) for %d epochs, the last of them epoch %d (change the learning rate, check that the labels belong to the images, or give --set training.stuck-epochs=0 with --resume)",
              split.word(),
              network.classes(),
              chanceLimit(images, network.classes()),
              standing.epochsAtChance(),
              epoch));
    }
  }

  /**
   * The highest accuracy that still counts as chance: {@code p + 3 sqrt(p (1 - p) / n)} with {@code
   * p = 1 / classes}, the mean and {@value #DEVIATIONS} standard deviations of the share of n
   * labels that a guesser hits (binomial distribution). For 10,000 images of 10 classes, 0.109.
   */
  static double chanceLimit(long images, int classes) {
    double chance = 1.0 / classes;
    return chance + DEVIATIONS * Math.sqrt(chance * (1 - chance) / images);
  }

  private static String reason(Round round, Divergence divergence) {
    String what =
        Double.isFinite(divergence.loss())
            ? "replica %d's parameters are not all finite after step %d of %s"
                .formatted(divergence.replica(), divergence.step(), name(round))
            : "replica %d's loss is %s at step %d of %s"
                .formatted(divergence.replica(), divergence.loss(), divergence.step(), name(round));
    return what + divergence.layer().map(", first in layer %s"::formatted).orElse("");
  }

  private static String name(Round round) {
    return "epoch %d round %d".formatted(round.epoch(), round.round());
  }

  private UserException diverged(String reason) throws IOException {
    return stopped(
        reason + " (lower the learning rate, or let it rise slowly with schedule.warm-up)");
  }

  private UserException stopped(String reason) throws IOException {
    progress.flush();
    return new UserException(ExitCode.DIVERGED, "Cannot go on training: " + reason);
  }
}
