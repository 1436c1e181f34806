package convoy.driver.training;

import convoy.driver.ExecutorSlots;
import convoy.driver.ExitCode;
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
import convoy.worker.evaluation.Evaluation;
import convoy.worker.image.ImageShard;
import convoy.worker.model.InferenceModel;
import convoy.worker.model.ModelDescription;
import convoy.worker.training.InitialState;
import convoy.worker.training.ReplicaTask;
import convoy.worker.training.Round;
import convoy.worker.training.TrainingState;
import java.io.IOException;
import java.util.List;
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
 *     consensus = averagingRound.run(state)   broadcast, H local steps, average
 *     checkpoints.roundEnded(consensus)       saved if one is due
 *   test = evaluate(consensus)                all test images, integer counts
 *   checkpoints.epochEnded(consensus)
 * model.publish(consensus)
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
    TrainingPlan plan = TrainingPlan.of(config.training(), ImageSet.count(set.training()));
    ReplicaTask task = ReplicaTasks.of(config, engine, inspection.normalization(), plan);
    TrainingImages images = new TrainingImages(spark, set, plan, config);
    LOG.info("Training {} with {} on {}: {}", config.network().name(), engine, set.uri(), plan);
    LOG.info("Learning rate: {}", task.learningRate());

    Map<String, String> settings =
        ResultSettings.of(config, task.engine(), inspection.fingerprint());
    Checkpoint start =
        output
            .resumeFrom(settings, plan)
            .orElseGet(() -> Checkpoint.start(Consensus.start(InitialState.of(task)), settings));
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
    CheckpointWriter checkpoints =
        new CheckpointWriter(
            output,
            progress,
            new CheckpointSchedule(config.checkpoint(), plan.epochs(), System::nanoTime),
            settings);
    AveragingRound averaging = averaging(task, plan);
    JavaRDD<ImageShard> testImages = images.test();
    Evaluation test = null;
    for (int epoch = epochsDone + 1; epoch <= plan.epochs(); epoch++) {
      List<Round> rounds = plan.rounds(epoch);
      JavaRDD<ImageShard> shards = images.ofEpoch(epoch);
      for (Round round : rounds.subList(epoch == epochsDone + 1 ? roundsDone : 0, rounds.size())) {
        consensus = trainRound(round, consensus, plan, shards, task, averaging, progress);
        if (round.round() < rounds.size()) {
          checkpoints.roundEnded(epoch, round.round(), consensus);
        }
      }
      SparkLabels.describe(spark, "epoch %d/%d: test accuracy".formatted(epoch, plan.epochs()));
      test = evaluate(epoch, task, model(task, set, consensus.state()), testImages);
      output.requireOwn();
      progress.epochEnded(epoch, rounds.size(), learningRate(task, consensus.state()), test);
      checkpoints.epochEnded(epoch, rounds.size(), consensus);
    }
    InferenceModel model = model(task, set, consensus.state());
    if (test == null) {
      SparkLabels.describe(spark, "test accuracy of the resumed model");
      test = evaluate(epochsDone, task, model, testImages);
    }
    output.requireOwn();
    TrainingResult result = publish(output, model, test, set, inspection);
    output.close();
    return result;
  }

  private AveragingRound averaging(ReplicaTask task, TrainingPlan plan) {
    return switch (config.averaging().master()) {
      case CONVOY -> new ConvoyAveraging(spark, task);
      case DL4J_SPARK -> new Dl4jSparkAveraging(spark, task, plan);
    };
  }

  private Consensus trainRound(
      Round round,
      Consensus before,
      TrainingPlan plan,
      JavaRDD<ImageShard> shards,
      ReplicaTask task,
      AveragingRound averaging,
      Progress progress) {
    int epoch = round.epoch();
    SparkLabels.describe(
        spark,
        "epoch %d/%d round %d/%d: train %d replicas x %d steps"
            .formatted(
                epoch,
                plan.epochs(),
                round.round(),
                plan.roundsPerEpoch(),
                plan.replicas(),
                round.steps()));
    RoundResult result = averaging.run(before.state(), round, shards);
    requireFinite(result, epoch, round.round());
    progress.roundEnded(epoch, round.round(), learningRate(task, result.state()), result);
    return new Consensus(result.state(), before.outerMomentum(), before.meanParameters());
  }

  /** The rate of the last step that led to a state. */
  private static double learningRate(ReplicaTask task, TrainingState state) {
    return task.learningRate().at(state.iteration() - 1);
  }

  private Evaluation evaluate(
      int epoch, ReplicaTask task, InferenceModel model, JavaRDD<ImageShard> testImages) {
    Evaluation test =
        new DistributedEvaluation(spark, task.engine(), config.evaluation()).of(model, testImages);
    if (!Double.isFinite(test.meanLoss())) {
      throw diverged("the test loss of epoch %d is %s".formatted(epoch, test.meanLoss()));
    }
    return test;
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

  private static InferenceModel model(ReplicaTask task, ImageSet set, TrainingState state) {
    return new InferenceModel(
        task.training().network(), set.classNames(), task.normalization(), state.parameters());
  }

  private static void requireFinite(RoundResult result, int epoch, int round) {
    if (!Double.isFinite(result.lossSum())) {
      throw diverged(
          "the loss of epoch %d round %d is %s".formatted(epoch, round, result.lossSum()));
    }
    // A step's loss is taken before it changes the parameters: the last one's shows nowhere else.
    if (!result.state().hasFiniteParameters()) {
      throw diverged(
          "the parameters after epoch %d round %d are not all finite".formatted(epoch, round));
    }
  }

  private static UserException diverged(String reason) {
    return new UserException(
        ExitCode.DIVERGED, "Cannot go on training: %s (lower the learning rate)".formatted(reason));
  }
}
