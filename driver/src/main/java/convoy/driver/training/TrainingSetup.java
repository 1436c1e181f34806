package convoy.driver.training;

import convoy.driver.cluster.ExecutorSlots;
import convoy.driver.cluster.SparkLabels;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.data.ImageSetContents;
import convoy.driver.data.ImageSetInspection;
import convoy.driver.data.ImageSource;
import convoy.driver.device.DeviceCheck;
import convoy.driver.device.EngineChoice;
import convoy.driver.device.ProcessorCheck;
import convoy.driver.failure.UserException;
import convoy.worker.engine.RunningStatistics;
import convoy.worker.image.Split;
import convoy.worker.training.ReplicaTask;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is settled before the first step of a training, whether it begins or goes on.
 *
 * @param source its images
 * @param contents what reading all of them once has told
 * @param plan its arithmetic
 * @param task what the replicas are told
 * @param statistics which parameters are batch-norm statistics
 * @param settings that determine the result, by key
 */
record TrainingSetup(
    ImageSource source,
    ImageSetContents contents,
    TrainingPlan plan,
    ReplicaTask task,
    RunningStatistics statistics,
    Map<String, String> settings) {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingSetup.class);

  /**
   * Waits for the executors, looks at what they compute on, and has them read and check the images.
   *
   * @throws UserException if the devices, the data or the settings do not do
   */
  static TrainingSetup of(JavaSparkContext spark, ConvoyConfig config, ImageSource source) {
    int replicas = config.training().replicas();
    String engine = EngineChoice.ofTraining(config, ReplicaTasks.network(config), spark.getConf());
    ExecutorSlots.await(spark, replicas);
    DeviceCheck.require(spark, config.engine().device(), replicas);
    ProcessorCheck.warn(spark, config.engine().threads());
    String device = DeviceCheck.wantsGpu(config.engine().device(), spark.getConf()) ? "gpu" : "cpu";
    SparkLabels.describe(spark, "read and check the image set");
    ImageSetContents contents = ImageSetInspection.of(spark, source);
    TrainingPlan plan = TrainingPlan.of(config, source.images(Split.TRAINING));
    ReplicaTask task = ReplicaTasks.of(config, engine, contents.normalization(), plan);
    LOG.info(
        "Training {} with {} on {}: {}", config.network().name(), engine, source.set().uri(), plan);
    LOG.info("Learning rate: {}", plan.learningRate());
    return new TrainingSetup(
        source,
        contents,
        plan,
        task,
        RunningStatistics.of(task.training().network()),
        ResultSettings.of(
            config.resultSettings(),
            ReplicaTasks.network(config),
            engine,
            device,
            contents.fingerprint()));
  }
}
