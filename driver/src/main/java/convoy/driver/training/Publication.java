package convoy.driver.training;

import convoy.driver.monitoring.event.PicturesChosen;
import convoy.driver.monitoring.event.PicturesChosen.ChosenPicture;
import convoy.driver.monitoring.history.RunView;
import convoy.driver.report.RunReport;
import convoy.driver.report.TestFile;
import convoy.driver.store.StrictJson;
import convoy.driver.training.checkpoint.Checkpoint;
import convoy.driver.training.checkpoint.Standing;
import convoy.driver.training.metrics.Progress;
import convoy.worker.engine.TestTimeFlip;
import convoy.worker.evaluation.ConfusionMatrix;
import convoy.worker.image.Split;
import convoy.worker.model.ModelDescription;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes the model that a training run came to, and says what the run came to. */
final class Publication {
  private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

  private final TrainingSetup setup;
  private final TrainingOutput output;

  /** The publication of a run's model at its output. */
  Publication(TrainingSetup setup, TrainingOutput output) {
    this.setup = setup;
    this.output = output;
  }

  /**
   * Publishes a model.
   *
   * @param tested the model, measured on all test images
   * @param reached where the run ended
   * @param pictures of test images, as the model classifies them
   * @param progress of the run, for its report
   */
  TrainingResult publish(
      MeasuredModel tested, Checkpoint reached, List<ChosenPicture> pictures, Progress progress)
      throws IOException {
    ConfusionMatrix confusionMatrix = tested.evaluation().confusionMatrix();
    ModelDescription description =
        ModelDescription.of(
            tested.model(),
            new ModelDescription.TestResult(
                confusionMatrix.total(),
                confusionMatrix.correct(),
                confusionMatrix.accuracy(),
                tested.evaluation().meanLoss(),
                confusionMatrix.macroRecall(),
                confusionMatrix.macroF1(),
                setup.spec().evaluation().testTimeFlip() == TestTimeFlip.ON),
            Provenances.of(setup));
    TrainingResult result = result(reached, description);
    PicturesChosen chosen =
        new PicturesChosen(System.currentTimeMillis(), result.publishedEpoch(), pictures);
    progress.chosen(chosen);
    RunView run = progress.view(RunDescription.finished(result));
    output
        .model()
        .publish(
            tested.model(),
            description,
            confusionMatrix,
            Map.of(
                TestFile.NAME,
                StrictJson.bytes(
                    new TestFile(progress.figures(Split.TEST, tested.evaluation()), chosen)),
                "report.html",
                RunReport.of(List.of(run))),
            output.overwrite());
    LOG.info("Published the model at {}", output.modelUri());
    return result;
  }

  /** The result of a run that ended at {@code reached} and whose model is published. */
  TrainingResult result(Checkpoint reached, ModelDescription description) {
    LengthSpec length = setup.spec().length();
    Standing standing = reached.standing();
    return new TrainingResult(
        reached.epoch(),
        length.publishedEpoch(reached.epoch(), standing),
        description.test().accuracy(),
        setup.epochSplit() == Split.TEST
            ? OptionalDouble.empty()
            : OptionalDouble.of(
                length.publishesBest(standing) ? standing.bestAccuracy() : standing.lastAccuracy()),
        output.modelUri(),
        description.parametersSha256());
  }
}
