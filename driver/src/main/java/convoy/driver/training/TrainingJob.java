package convoy.driver.training;

import convoy.driver.data.ImageSource;
import convoy.driver.failure.UserException;
import convoy.driver.monitoring.event.RunEvents;
import convoy.driver.training.checkpoint.Checkpoint;
import convoy.driver.training.checkpoint.CheckpointSchedule;
import convoy.driver.training.checkpoint.Standing;
import convoy.driver.training.consensus.ConsensusStep;
import convoy.driver.training.dl4jspark.Dl4jSparkAveraging;
import convoy.driver.training.metrics.MetricsLog;
import convoy.driver.training.metrics.Progress;
import convoy.driver.training.metrics.RunLog;
import convoy.driver.training.plan.TrainingPlan;
import convoy.driver.training.round.AveragingRound;
import convoy.driver.training.round.ConvoyAveraging;
import convoy.driver.training.round.Reductions;
import convoy.worker.image.Split;
import convoy.worker.model.InferenceModel;
import convoy.worker.model.ModelDescription;
import convoy.worker.training.InitialState;
import convoy.worker.training.TrainingState;
import java.io.IOException;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/**
 * Trains a network and publishes it. The loop:
 *
 * <pre>
 * reached = beginning, or the newest good checkpoint
 * for each epoch until length.isOver
 *   for each round of the epoch                            EpochRounds
 *     average = averagingRound.run(consensus)              broadcast, H local steps, average
 *     consensus = consensusStep.after(consensus, average)  outer step, mean over rounds
 *     checkpoints.roundEnded(reached)                      saved if one is due
 *   measured = evaluation.measured(consensus's model)      all validation images, or test images
 *   reached.standing = standing.after(measured)            the best epoch so far
 *   checkpoints.epochEnded(reached)
 * publish(model of the last or the best epoch, tested)     the only look at the test images
 * </pre>
 *
 * Without a validation split the test images take its place, as in most published figures.
 */
public final class TrainingJob {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingJob.class);
  private static final float[] NOT_KEPT = {};

  private final JavaSparkContext spark;
  private final ImageSource source;
  private final TrainingRunSpec spec;
  private final TrainingOutputSpec outputSpec;

  /** A training run on that cluster. */
  public TrainingJob(
      JavaSparkContext spark,
      ImageSource source,
      TrainingRunSpec spec,
      TrainingOutputSpec outputSpec) {
    this.spark = spark;
    this.source = source;
    this.spec = spec;
    this.outputSpec = outputSpec;
  }

  /**
   * Checks before any work that there is an engine for a training run and that its images suit it,
   * as {@link #run} does.
   *
   * @throws UserException if the one asked for cannot do it, or they do not
   */
  public static void requireEngine(TrainingRunSpec spec, ImageSource source, SparkConf conf) {
    TrainingSetup.requireEngine(spec, source, conf);
  }

  /**
   * Trains from the beginning or the newest checkpoint to the end of the run. Afterwards, also
   * after a failure, the Spark context holds nothing of it.
   *
   * @throws UserException if the data, the output or the settings are wrong, or the run diverges
   */
  public TrainingResult run() throws IOException {
    String engine = TrainingSetup.requireEngine(spec, source, spark.getConf());
    try (TrainingOutput output =
        TrainingOutput.open(
            spark.hadoopConfiguration(), outputSpec, spec.checkpoint().keep(), application())) {
      TrainingSetup setup = TrainingSetup.of(spark, spec, source, engine);
      Optional<Checkpoint> checkpoint = output.resumeFrom(setup.settings(), setup.plan());
      Optional<ModelDescription> finished = output.finished(checkpoint, setup);
      if (finished.isPresent()) {
        LOG.info("The training run is finished: its model is at {}", output.modelUri());
        return new Publication(setup, output).result(checkpoint.orElseThrow(), finished.get());
      }
      Progress progress = progress(checkpoint, setup, output);
      try (progress;
          TrainingImages images = new TrainingImages(spark, setup)) {
        TrainingResult result = train(setup, checkpoint, images, output, progress);
        progress.ended(RunDescription.finished(result));
        return result;
      } catch (IOException | RuntimeException e) {
        tellFailure(progress, e);
        throw e;
      }
    }
  }

  private Progress progress(
      Optional<Checkpoint> checkpoint, TrainingSetup setup, TrainingOutput output)
      throws IOException {
    MetricsLog metrics =
        output.metrics(
            checkpoint.map(Checkpoint::epochsDone).orElse(0),
            checkpoint.map(Checkpoint::roundsDone).orElse(0));
    Progress progress =
        new Progress(
            metrics,
            RunEvents.of(spark.sc(), output.uri()),
            RunLog.of(outputSpec.logDetail()),
            spec.evaluation().testTimeFlip());
    progress.started(RunDescription.started(setup, output.uri(), metrics.earlier()));
    return progress;
  }

  private static void tellFailure(Progress progress, Exception failure) {
    try {
      progress.ended(RunDescription.failed(failure));
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** Trains from the checkpoint, or from the beginning, to the end, and publishes the model. */
  private TrainingResult train(
      TrainingSetup setup,
      Optional<Checkpoint> checkpoint,
      TrainingImages images,
      TrainingOutput output,
      Progress progress)
      throws IOException {
    TrainingPlan plan = setup.plan();
    ConsensusStep consensusStep = new ConsensusStep(spec.consensus(), plan, setup.statistics());
    Checkpoint reached =
        checkpoint.orElseGet(
            () ->
                Checkpoint.start(
                    consensusStep.start(InitialState.of(setup.task())), setup.settings()));
    Sanity sanity =
        new Sanity(setup.task().training().network(), spec.length().stuckEpochs(), progress);
    CheckpointSchedule schedule = new CheckpointSchedule(spec.checkpoint(), System::nanoTime);
    CheckpointWriter checkpoints = new CheckpointWriter(output, progress, schedule, spec.length());
    AveragingRound averaging = averaging(setup, reached.consensus().state());
    EpochRounds rounds =
        new EpochRounds(spark, plan, averaging, consensusStep, sanity, progress, checkpoints);
    ConsensusEvaluation evaluation = new ConsensusEvaluation(spark, setup, images, sanity);

    Split split = setup.epochSplit();
    long splitImages = source.images(split);
    double chance = Sanity.chanceLimit(splitImages, setup.task().training().network().classes());
    sanity.requireLearning(reached.epochsDone(), reached.standing(), split, splitImages);
    Optional<MeasuredModel> last = Optional.empty();
    while (!spec.length().isOver(reached.epochsDone(), reached.standing())) {
      int epoch = reached.epochsDone() + 1;
      Checkpoint trained = rounds.run(reached, images.ofEpoch(epoch));
      MeasuredModel measured =
          evaluation.measured(evaluation.model(trained.consensus(), epoch), epoch, split);
      progress.epochEnded(
          trained,
          consensusStep.lastLearningRate(trained.consensus()),
          measured.evaluation(),
          split,
          measured.seconds());
      Standing standing =
          trained
              .standing()
              .after(
                  epoch,
                  measured.evaluation().confusionMatrix().accuracy(),
                  chance,
                  spec.length().keep() == KeptEpoch.BEST
                      ? measured.model().parameters()
                      : NOT_KEPT);
      reached = trained.afterEpoch(standing);
      checkpoints.epochEnded(reached);
      sanity.requireLearning(epoch, standing, split, splitImages);
      last = Optional.of(measured);
    }
    sayWhyItEnds(reached);
    MeasuredModel tested = tested(reached, last, evaluation, setup, progress);
    output.requireOwn();
    return new Publication(setup, output)
        .publish(tested, reached, TestPictures.of(spark, setup, images, tested.model()), progress);
  }

  private void sayWhyItEnds(Checkpoint reached) {
    Standing standing = reached.standing();
    if (reached.epoch() < spec.length().epochs()) {
      LOG.info(
          "Stopping after epoch {}: no epoch since epoch {} was better (training.patience = {})",
          reached.epoch(),
          standing.bestEpoch(),
          spec.length().patience());
    }
  }

  /** The model to publish, with what it comes to on the test images. */
  private MeasuredModel tested(
      Checkpoint reached,
      Optional<MeasuredModel> last,
      ConsensusEvaluation evaluation,
      TrainingSetup setup,
      Progress progress)
      throws IOException {
    int epoch = spec.length().publishedEpoch(reached.epoch(), reached.standing());
    if (setup.epochSplit() == Split.TEST && last.isPresent()) {
      return last.get();
    }
    InferenceModel model;
    if (spec.length().publishesBest(reached.standing())) {
      model = evaluation.model(reached.standing().bestParameters());
    } else {
      // Stopped after the last checkpoint and before the model was there, it has no epoch left.
      model =
          last.isPresent()
              ? last.get().model()
              : evaluation.model(reached.consensus(), reached.epoch());
    }
    MeasuredModel tested = evaluation.measured(model, epoch, Split.TEST);
    if (setup.epochSplit() != Split.TEST) {
      progress.tested(epoch, tested.evaluation());
    }
    return tested;
  }

  /** Names this application; on YARN a second attempt has the id of the first. */
  private String application() {
    Option<String> attempt = spark.sc().applicationAttemptId();
    return "Spark application "
        + spark.sc().applicationId()
        + (attempt.isDefined() ? ", attempt " + attempt.get() : "");
  }

  private AveragingRound averaging(TrainingSetup setup, TrainingState state) {
    return switch (spec.averaging().master()) {
      case CONVOY ->
          new ConvoyAveraging(
              spark,
              setup.task(),
              Reductions.of(spec.averaging().reduction(), setup.plan().replicas(), state));
      case DL4J_SPARK -> new Dl4jSparkAveraging(spark, setup.task(), setup.plan());
    };
  }
}
