package convoy.driver.training;

import convoy.driver.ExecutorSlots;
import convoy.driver.SparkLabels;
import convoy.driver.UserException;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.data.ImageSet;
import convoy.driver.data.ImageSetDirectory;
import convoy.driver.data.ImageSetInspection;
import convoy.driver.device.DeviceCheck;
import convoy.driver.device.EngineChoice;
import convoy.driver.device.ProcessorCheck;
import convoy.driver.evaluation.DistributedEvaluation;
import convoy.driver.training.dl4jspark.Dl4jSparkAveraging;
import convoy.worker.engine.RunningStatistics;
import convoy.worker.evaluation.Evaluation;
import convoy.worker.image.ImageShard;
import convoy.worker.model.InferenceModel;
import convoy.worker.model.ModelDescription;
import convoy.worker.training.InitialState;
import convoy.worker.training.ReplicaTask;
import convoy.worker.training.TrainingState;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a network and publishes it. The loop:
 *
 * <pre>
 * consensus = initial state, or the newest good checkpoint
 * for each epoch
 *   for each round of the epoch
 *     average = averagingRound.run(consensus)              broadcast, H local steps, average
 *     consensus = consensusStep.after(consensus, average)  outer step, mean over rounds
 *     checkpoints.roundEnded(consensus)                    saved if one is due
 *   parameters = evaluatedParameters.of(consensus)         its mean, batch-norm statistics anew
 *   test = evaluate(parameters)                            all test images, integer counts
 *   checkpoints.epochEnded(consensus)
 * model.publish(parameters)
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
   * Runs the training to its end.
   *
   * @throws UserException if the data, the output or the settings are wrong, or the training
   *     diverges
   */
  public TrainingResult run() throws IOException {
    ImageSet set = ImageSetDirectory.read(spark.hadoopConfiguration(), config.data().path());
    TrainingOutput output =
        TrainingOutput.open(
            spark.hadoopConfiguration(), config, "Spark application " + spark.sc().applicationId());
    String engine = EngineChoice.ofTraining(config, ReplicaTasks.network(config), spark.getConf());
    ExecutorSlots.await(spark, config.training().replicas());
    DeviceCheck.require(spark, config.engine().device(), config.training().replicas());
    ProcessorCheck.warn(spark, config.engine().threads());
    SparkLabels.describe(spark, "read and check the image set");
    ImageSetInspection inspection = ImageSetInspection.of(spark, set);
    TrainingPlan plan = TrainingPlan.of(config, ImageSet.count(set.training()));
    ReplicaTask task = ReplicaTasks.of(config, engine, inspection.normalization(), plan);
    TrainingImages images = new TrainingImages(spark, set, plan, config);
    LOG.info("Training {} with {} on {}: {}", config.network().name(), engine, set.uri(), plan);
    LOG.info("Learning rate: {}", task.learningRate());

    Map<String, String> settings =
        ResultSettings.of(config, task.engine(), inspection.fingerprint());
    RunningStatistics statistics = RunningStatistics.of(task.training().network());
    ConsensusStep consensusStep =
        new ConsensusStep(config.averaging(), task.learningRate(), plan, statistics);
    Checkpoint start =
        output
            .resumeFrom(settings, plan)
            .orElseGet(
                () -> Checkpoint.start(consensusStep.start(InitialState.of(task)), settings));
    Optional<TrainingResult> finished = output.finished();
    if (finished.isPresent()) {
      LOG.info("The training is finished: its model is at {}", output.modelUri());
      return finished.get();
    }
    Consensus consensus = start.consensus();
    int epochsDone = start.epochsDone();
    int roundsDone = start.roundsDone();
    Progress progress =
        new Progress(
            output.metrics(epochsDone, roundsDone), config.evaluation(), start.epochSoFar());
    Sanity sanity =
        new Sanity(task.training().network(), config.training().stuckEpochs(), progress);
    CheckpointWriter checkpoints =
        new CheckpointWriter(
            output,
            progress,
            new CheckpointSchedule(config.checkpoint(), plan.epochs(), System::nanoTime),
            settings);
    EpochRounds rounds =
        new EpochRounds(
            spark,
            plan,
            averaging(task, plan, consensus.state()),
            consensusStep,
            sanity,
            progress,
            checkpoints);
    EvaluatedParameters evaluated =
        new EvaluatedParameters(spark, task, config.averaging(), statistics, images, plan);
    JavaRDD<ImageShard> testImages = images.test();
    InferenceModel model = null;
    Evaluation test = null;
    for (int epoch = epochsDone + 1; epoch <= plan.epochs(); epoch++) {
      int done = epoch == epochsDone + 1 ? roundsDone : 0;
      consensus = rounds.run(epoch, done, consensus, images.ofEpoch(epoch));
      model = model(task, set, evaluated.of(consensus, epoch));
      SparkLabels.describe(spark, "epoch %d/%d: test accuracy".formatted(epoch, plan.epochs()));
      test = evaluate(task, model, testImages);
      sanity.requireFinite(epoch, test);
      output.requireOwn();
      progress.epochEnded(
          epoch, plan.rounds(epoch).size(), consensusStep.lastLearningRate(consensus), test);
      checkpoints.epochEnded(epoch, plan.rounds(epoch).size(), consensus);
      sanity.requireLearning(epoch, test);
    }
    if (test == null) {
      model = model(task, set, evaluated.of(consensus, plan.epochs()));
      SparkLabels.describe(spark, "test accuracy of the resumed model");
      test = evaluate(task, model, testImages);
      sanity.requireFinite(plan.epochs(), test);
    }
    output.requireOwn();
    TrainingResult result = publish(output, model, test, set, inspection);
    output.close();
    return result;
  }

  private AveragingRound averaging(ReplicaTask task, TrainingPlan plan, TrainingState state) {
    return switch (config.averaging().master()) {
      case CONVOY ->
          new ConvoyAveraging(
              spark, task, Reductions.of(config.averaging().reduction(), plan.replicas(), state));
      case DL4J_SPARK -> new Dl4jSparkAveraging(spark, task, plan);
    };
  }

  private Evaluation evaluate(
      ReplicaTask task, InferenceModel model, JavaRDD<ImageShard> testImages) {
    return new DistributedEvaluation(spark, task.engine(), config.evaluation())
        .of(model, testImages);
  }

  private TrainingResult publish(
      TrainingOutput output,
      InferenceModel model,
      Evaluation test,
      ImageSet set,
      ImageSetInspection inspection)
      throws IOException {
    ModelDescription description =
        ModelDescription.of(
            model,
            new ModelDescription.TestResult(
                test.confusionMatrix().total(),
                test.confusionMatrix().correct(),
                test.confusionMatrix().accuracy(),
                test.meanLoss(),
                config.evaluation().testTimeFlip()),
            Provenances.of(config, set, inspection));
    output.model().publish(model, description, test.confusionMatrix(), output.overwrite());
    LOG.info("Published the model at {}", output.modelUri());
    return new TrainingResult(
        config.training().epochs(),
        test.confusionMatrix().accuracy(),
        output.modelUri(),
        description.parametersSha256());
  }

  private static InferenceModel model(ReplicaTask task, ImageSet set, float[] parameters) {
    return new InferenceModel(
        task.training().network(), set.classNames(), task.normalization(), parameters);
  }
}
