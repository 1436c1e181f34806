package convoy.driver.training;

import convoy.driver.config.ConvoyConfig;
import convoy.driver.data.ImageSource;
import convoy.driver.data.ImageSources;
import convoy.driver.device.EngineChoice;
import convoy.driver.failure.UserException;
import convoy.driver.training.dl4jspark.Dl4jSparkAveraging;
import convoy.worker.engine.TestTimeFlip;
import convoy.worker.evaluation.ConfusionMatrix;
import convoy.worker.image.Split;
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
 * consensus = initial state, or that of the newest good checkpoint
 * for each epoch
 *   for each round of the epoch                            EpochRounds
 *     average = averagingRound.run(consensus)              broadcast, H local steps, average
 *     consensus = consensusStep.after(consensus, average)  outer step, mean over rounds
 *     checkpoints.roundEnded(consensus)                    saved if one is due
 *   tested = evaluation.of(consensus)                      its mean, all test images
 *   checkpoints.epochEnded(consensus)
 * publish(tested)
 * </pre>
 */
public final class TrainingJob {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingJob.class);

  private final JavaSparkContext spark;
  private final ConvoyConfig config;

  /** A training on that cluster. */
  public TrainingJob(JavaSparkContext spark, ConvoyConfig config) {
    this.spark = spark;
    this.config = config;
  }

  /**
   * Checks that there is an engine for a training, as {@link #run} does.
   *
   * @throws UserException if the one asked for cannot do it
   */
  public static void requireEngine(ConvoyConfig config, SparkConf conf) {
    EngineChoice.ofTraining(config, ReplicaTasks.network(config), conf);
  }

  /**
   * Runs the training to its end. Whether it gets there or not, nothing of it is left in the Spark
   * context.
   *
   * @throws UserException if the data, the output or the settings are wrong, or the training
   *     diverges
   */
  public TrainingResult run() throws IOException {
    ImageSource source = ImageSources.open(spark.hadoopConfiguration(), config.data().path());
    try (TrainingOutput output =
        TrainingOutput.open(spark.hadoopConfiguration(), config, application())) {
      TrainingSetup setup = TrainingSetup.of(spark, config, source);
      Optional<Checkpoint> checkpoint = output.resumeFrom(setup.settings(), setup.plan());
      Optional<TrainingResult> finished = output.finished(checkpoint, setup.settings());
      if (finished.isPresent()) {
        LOG.info("The training is finished: its model is at {}", output.modelUri());
        return finished.get();
      }
      try (TrainingImages images = new TrainingImages(spark, source, setup.plan(), config)) {
        TestedModel tested = train(setup, checkpoint, images, output);
        output.requireOwn();
        return publish(tested, setup, output);
      }
    }
  }

  /** All that is left of the loop after the checkpoint. */
  private TestedModel train(
      TrainingSetup setup,
      Optional<Checkpoint> checkpoint,
      TrainingImages images,
      TrainingOutput output)
      throws IOException {
    TrainingPlan plan = setup.plan();
    ConsensusStep consensusStep = new ConsensusStep(config.averaging(), plan, setup.statistics());
    Checkpoint start =
        checkpoint.orElseGet(
            () ->
                Checkpoint.start(
                    consensusStep.start(InitialState.of(setup.task())), setup.settings()));
    Progress progress =
        new Progress(
            output.metrics(start.epochsDone(), start.roundsDone()),
            config.evaluation(),
            start.epochSoFar());
    Sanity sanity =
        new Sanity(
            setup.task().training().network(),
            config.training().stuckEpochs(),
            start.epochsAtChance(),
            progress);
    CheckpointSchedule schedule =
        new CheckpointSchedule(config.checkpoint(), plan.epochs(), System::nanoTime);
    CheckpointWriter checkpoints =
        new CheckpointWriter(output, progress, sanity, schedule, setup.settings());
    AveragingRound averaging = averaging(setup, start.consensus().state());
    EpochRounds rounds =
        new EpochRounds(spark, plan, averaging, consensusStep, sanity, progress, checkpoints);
    ConsensusEvaluation evaluation = new ConsensusEvaluation(spark, config, setup, images, sanity);

    long testImages = setup.source().images(Split.TEST);
    sanity.requireLearning(start.epochsDone(), testImages);
    Consensus consensus = start.consensus();
    Optional<TestedModel> last = Optional.empty();
    for (int epoch = start.epochsDone() + 1; epoch <= plan.epochs(); epoch++) {
      int done = epoch == start.epochsDone() + 1 ? start.roundsDone() : 0;
      consensus = rounds.run(epoch, done, consensus, images.ofEpoch(epoch));
      TestedModel tested = evaluation.of(consensus, epoch);
      sanity.count(tested.test());
      int roundsOfEpoch = plan.rounds(epoch).size();
      progress.epochEnded(
          epoch, roundsOfEpoch, consensusStep.lastLearningRate(consensus), tested.test());
      checkpoints.epochEnded(epoch, roundsOfEpoch, consensus);
      sanity.requireLearning(epoch, testImages);
      last = Optional.of(tested);
    }
    // Stopped after the last checkpoint and before the model was there, it has no epoch left.
    return last.isPresent() ? last.get() : evaluation.of(consensus, plan.epochs());
  }

  /** Names this application; on YARN a second attempt bears the id of the first. */
  private String application() {
    Option<String> attempt = spark.sc().applicationAttemptId();
    return "Spark application "
        + spark.sc().applicationId()
        + (attempt.isDefined() ? ", attempt " + attempt.get() : "");
  }

  private AveragingRound averaging(TrainingSetup setup, TrainingState state) {
    return switch (config.averaging().master()) {
      case CONVOY ->
          new ConvoyAveraging(
              spark,
              setup.task(),
              Reductions.of(config.averaging().reduction(), setup.plan().replicas(), state));
      case DL4J_SPARK -> new Dl4jSparkAveraging(spark, setup.task(), setup.plan());
    };
  }

  private TrainingResult publish(TestedModel tested, TrainingSetup setup, TrainingOutput output)
      throws IOException {
    ConfusionMatrix confusionMatrix = tested.test().confusionMatrix();
    ModelDescription description =
        ModelDescription.of(
            tested.model(),
            new ModelDescription.TestResult(
                confusionMatrix.total(),
                confusionMatrix.correct(),
                confusionMatrix.accuracy(),
                tested.test().meanLoss(),
                config.evaluation().testTimeFlip() == TestTimeFlip.ON),
            Provenances.of(config, setup));
    output.model().publish(tested.model(), description, confusionMatrix, output.overwrite());
    LOG.info("Published the model at {}", output.modelUri());
    return new TrainingResult(
        config.training().epochs(),
        confusionMatrix.accuracy(),
        output.modelUri(),
        description.parametersSha256());
  }
}
