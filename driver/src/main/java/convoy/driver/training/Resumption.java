package convoy.driver.training;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.store.Locations;
import convoy.driver.training.checkpoint.Checkpoint;
import convoy.driver.training.checkpoint.Checkpoints;
import convoy.driver.training.consensus.Consensus;
import convoy.driver.training.plan.TrainingPlan;
import convoy.driver.training.round.RoundFigures;
import convoy.worker.engine.TestTimeFlip;
import convoy.worker.model.ModelDescription;
import convoy.worker.training.TrainingState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a training run goes on from the newest of its checkpoints: whether it may, and where. */
final class Resumption {
  private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);

  private final Checkpoints checkpoints;
  private final Resume resume;

  Resumption(Checkpoints checkpoints, Resume resume) {
    this.checkpoints = checkpoints;
    this.resume = resume;
  }

  /**
   * Checks that a model is what this training run comes to, which then has nothing left to do.
   *
   * @param checkpoint to go on from
   * @param model the one that is published
   * @throws UserException if it is not, or nothing shows that it is
   */
  static void requireFinished(
      Optional<Checkpoint> checkpoint, ModelDescription model, TrainingSetup setup) {
    LengthSpec length = setup.spec().length();
    String obstacle;
    if (checkpoint.isEmpty()) {
      obstacle = "there is no checkpoint";
    } else if (!length.isOver(checkpoint.get().epochsDone(), checkpoint.get().standing())) {
      obstacle = "its newest checkpoint has %d done".formatted(checkpoint.get().epochsDone());
    } else if (model.provenance().epochs() != length.epochs()
        || !ResultSettings.areThose(model.provenance().resultSettings(), setup.settings())
        || !setup.source().set().classNames().equals(model.labels())) {
      obstacle = "the model is of other settings";
    } else if (TestTimeFlip.of(model.test().testTimeFlip())
        != setup.spec().evaluation().testTimeFlip()) {
      obstacle = "it was tested with another evaluation.test-time-flip";
    } else {
      return;
    }
    throw new UserException(
        ExitCode.INPUT,
        "Cannot resume the training run for %d epochs: its model is published, and %s (give --overwrite with --resume to continue and replace the model, or choose another --output)"
            .formatted(length.epochs(), obstacle));
  }

  /**
   * Where to go on; empty to begin with the first epoch. With changed settings, an epoch that was
   * interrupted begins again on what it has learnt, and the iteration is that of the plan at its
   * beginning: rounds and steps of two settings do not fit into one epoch. Another outer step
   * begins without momentum, whose unit it does not share, and another mean without a value.
   *
   * @param settings that determine the result, by key
   * @throws UserException if the checkpoint's run had settings that must not change, or is past the
   *     last epoch
   */
  Optional<Checkpoint> checkpoint(Map<String, String> settings, TrainingPlan plan) {
    Optional<Checkpoint> newest = newest();
    if (newest.isEmpty()) {
      LOG.info("There is no checkpoint to resume from; starting with epoch 1");
      return newest;
    }
    Checkpoint checkpoint = newest.get();
    List<String> changes = ResultSettings.changes(checkpoint.settings(), settings);
    requireNotPast(checkpoint, plan.epochs());
    if (changes.isEmpty()) {
      LOG.info("Resuming after {}", place(checkpoint));
      return newest;
    }
    if (resume != Resume.CHANGED) {
      throw ResultSettings.refused(
          changes,
          "give the old value, or --set training.resume-changed=true, or start again with another --output");
    }
    LOG.info("Resuming after {}, with the beginning of an epoch", place(checkpoint));
    changes.forEach(change -> LOG.warn("Continuing with a changed setting: {}", change));
    return Optional.of(beginningOfEpoch(checkpoint, settings, plan));
  }

  private Optional<Checkpoint> newest() {
    return Locations.reach(checkpoints.directory(), () -> checkpoints.newest(LOG::warn));
  }

  private static Checkpoint beginningOfEpoch(
      Checkpoint checkpoint, Map<String, String> settings, TrainingPlan plan) {
    int done = checkpoint.epochsDone();
    Consensus consensus = checkpoint.consensus();
    TrainingState state =
        new TrainingState(
            consensus.state().parameters(),
            consensus.state().optimizerState(),
            (long) done * plan.stepsPerEpoch());
    return new Checkpoint(
        done,
        0,
        new Consensus(
            state,
            kept(consensus.outerMomentum(), ResultSettings.OUTER_STEP, checkpoint, settings),
            kept(consensus.meanParameters(), ResultSettings.MEAN, checkpoint, settings)),
        RoundFigures.NONE,
        ResultSettings.isSame(ResultSettings.KEPT_EPOCH, checkpoint.settings(), settings)
            ? checkpoint.standing()
            : checkpoint.standing().withoutBest(),
        settings);
  }

  /** A vector of the checkpoint's; nothing if the settings that it follows from have changed. */
  private static float[] kept(
      float[] vector, String block, Checkpoint checkpoint, Map<String, String> settings) {
    return ResultSettings.isSame(block, checkpoint.settings(), settings) ? vector : new float[0];
  }

  private static String place(Checkpoint checkpoint) {
    return checkpoint.roundsDone() == 0
        ? "epoch %d".formatted(checkpoint.epoch())
        : "round %d of epoch %d".formatted(checkpoint.round(), checkpoint.epoch());
  }

  private static void requireNotPast(Checkpoint checkpoint, int epochs) {
    if (checkpoint.epoch() > epochs) {
      throw new UserException(
          ExitCode.USAGE,
          "Cannot resume the training run for %d epochs: its newest checkpoint is of epoch %d (give --epochs %d or more, or start again with another --output)"
              .formatted(epochs, checkpoint.epoch(), checkpoint.epoch()));
    }
  }
}
