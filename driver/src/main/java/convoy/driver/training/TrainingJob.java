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
 * state = initial state, or the latest good checkpoint
 * for each epoch
 *   for each round of the epoch
 *     state = averagingRound.run(state)       broadcast, H local steps, average
 *   test = evaluate(state)                    all test images, integer counts
 *   checkpoints.save(state)
 * model.publish(state)
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
    TrainingOutput output = TrainingOutput.open(spark.hadoopConfiguration(), config);
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
    Optional<Checkpoint> checkpoint = output.resumeFrom(settings, plan.epochs());
    int doneEpochs = checkpoint.map(Checkpoint::epoch).orElse(0);
    TrainingState state = checkpoint.map(Checkpoint::state).orElseGet(() -> InitialState.of(task));
    Progress progress = new Progress(output.metrics(doneEpochs), config.evaluation());
    Sanity sanity =
        new Sanity(task.training().network(), config.training().stuckEpochs(), progress);
    AveragingRound averaging = averaging(task, plan);
    JavaRDD<ImageShard> testImages = images.test();
    Evaluation test = null;
    for (int epoch = doneEpochs + 1; epoch <= plan.epochs(); epoch++) {
      state =
          trainEpoch(epoch, state, plan, images.ofEpoch(epoch), task, averaging, sanity, progress);
      SparkLabels.describe(spark, "epoch %d/%d: test accuracy".formatted(epoch, plan.epochs()));
      test = evaluate(task, model(task, set, state), testImages);
      sanity.requireFinite(epoch, test);
      progress.epochEnded(epoch, plan.rounds(epoch).size(), learningRate(task, state), test);
      if (epoch % config.checkpoint().everyEpochs() == 0 || epoch == plan.epochs()) {
        output
            .checkpoints()
            .save(new Checkpoint(epoch, state, settings), config.checkpoint().keep());
      }
      sanity.requireLearning(epoch, test);
    }
    InferenceModel model = model(task, set, state);
    if (test == null) {
      SparkLabels.describe(spark, "test accuracy of the resumed model");
      test = evaluate(task, model, testImages);
      sanity.requireFinite(doneEpochs, test);
    }
    return publish(output, model, test, set, inspection);
  }

  private AveragingRound averaging(ReplicaTask task, TrainingPlan plan) {
    return switch (config.averaging().master()) {
      case CONVOY -> new ConvoyAveraging(spark, task);
      case DL4J_SPARK -> new Dl4jSparkAveraging(spark, task, plan);
    };
  }

  private TrainingState trainEpoch(
      int epoch,
      TrainingState before,
      TrainingPlan plan,
      JavaRDD<ImageShard> shards,
      ReplicaTask task,
      AveragingRound averaging,
      Sanity sanity,
      Progress progress)
      throws IOException {
    TrainingState state = before;
    List<Round> rounds = plan.rounds(epoch);
    for (Round round : rounds) {
      SparkLabels.describe(
          spark,
          "epoch %d/%d round %d/%d: train %d replicas x %d steps"
              .formatted(
                  epoch,
                  plan.epochs(),
                  round.round(),
                  rounds.size(),
                  plan.replicas(),
                  round.steps()));
      RoundResult result = averaging.run(state, round, shards);
      sanity.requireFinite(round, result);
      state = result.state();
      progress.roundEnded(epoch, round.round(), learningRate(task, state), result);
    }
    return state;
  }

  /** The rate of the last step that led to a state. */
  private static double learningRate(ReplicaTask task, TrainingState state) {
    return task.learningRate().at(state.iteration() - 1);
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

  private static InferenceModel model(ReplicaTask task, ImageSet set, TrainingState state) {
    return new InferenceModel(
        task.training().network(), set.classNames(), task.normalization(), state.parameters());
  }
}
