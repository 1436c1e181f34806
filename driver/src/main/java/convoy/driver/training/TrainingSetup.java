package convoy.driver.training;

import convoy.driver.cluster.ExecutorSlots;
import convoy.driver.cluster.SparkLabels;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.data.ImageSet;
import convoy.driver.data.ImageSetInspection;
import convoy.driver.device.DeviceCheck;
import convoy.driver.device.EngineChoice;
import convoy.driver.device.ProcessorCheck;
import convoy.driver.failure.UserException;
import convoy.worker.engine.RunningStatistics;
import convoy.worker.training.ReplicaTask;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is settled before the first step of a training, whether it begins or goes on.
 *
 * @param set its images
 * @param inspection what reading all of them once has told
 * @param plan its arithmetic
 * @param task what the replicas are told
 * @param statistics which parameters are batch-norm statistics
 * @param settings that determine the result, by key
 */
record TrainingSetup(
    ImageSet set,
    ImageSetInspection inspection,
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
  static TrainingSetup of(JavaSparkContext spark, ConvoyConfig config, ImageSet set) {
    int replicas = config.training().replicas();
    String engine = EngineChoice.ofTraining(config, ReplicaTasks.network(config), spark.getConf());
    ExecutorSlots.await(spark, replicas);
    DeviceCheck.require(spark, config.engine().device(), replicas);
    ProcessorCheck.warn(spark, config.engine().threads());
    String device = DeviceCheck.wantsGpu(config.engine().device(), spark.getConf()) ? "gpu" : "cpu";
    SparkLabels.describe(spark, "read and check the image set");
    ImageSetInspection inspection = ImageSetInspection.of(spark, set);
    TrainingPlan plan = TrainingPlan.of(config, ImageSet.count(set.training()));
    ReplicaTask task = ReplicaTasks.of(config, engine, inspection.normalization(), plan);
    LOG.info("Training {} with {} on {}: {}", config.network().name(), engine, set.uri(), plan);
    LOG.info("Learning rate: {}", plan.learningRate());
    return new TrainingSetup(
        set,
        inspection,
        plan,
        task,
        RunningStatistics.of(task.training().network()),
        ResultSettings.of(
            config.resultSettings(),
            ReplicaTasks.network(config),
            engine,
            device,
            inspection.fingerprint()));
  }
}
