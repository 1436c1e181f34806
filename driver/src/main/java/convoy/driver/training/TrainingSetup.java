package convoy.driver.training;

import convoy.driver.cluster.ExecutorSlots;
import convoy.driver.cluster.SparkLabels;
import convoy.driver.data.ImageSet;
import convoy.driver.data.ImageSetContents;
import convoy.driver.data.ImageSetInspection;
import convoy.driver.data.ImageSource;
import convoy.driver.device.DeviceCheck;
import convoy.driver.device.EngineChoice;
import convoy.driver.device.ProcessorCheck;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.Shown;
import convoy.driver.failure.UserException;
import convoy.driver.training.plan.TrainingPlan;
import convoy.driver.training.round.AveragingMaster;
import convoy.worker.engine.RunningStatistics;
import convoy.worker.image.Preprocessing;
import convoy.worker.image.Split;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingSpec;
import convoy.worker.training.ReplicaTask;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is settled before the first step of a training run, whether it begins or goes on.
 *
 * @param spec of the run
 * @param source its images
 * @param contents what reading all of them once has told
 * @param plan its arithmetic
 * @param task of the replicas, the same in all rounds
 * @param device {@code cpu} or {@code gpu}
 * @param statistics which parameters are batch-norm statistics
 * @param settings that determine the result, by key
 */
record TrainingSetup(
    TrainingRunSpec spec,
    ImageSource source,
    ImageSetContents contents,
    TrainingPlan plan,
    ReplicaTask task,
    String device,
    RunningStatistics statistics,
    Map<String, String> settings) {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingSetup.class);

  /**
   * The engine for a run on a set's images; its network and its splits are checked, too. Nothing is
   * read.
   *
   * @return its name
   * @throws UserException if the network does not take the images, the engine cannot do it, or the
   *     set lacks the validation images that the run needs
   */
  static String requireEngine(TrainingRunSpec spec, ImageSource source, SparkConf conf) {
    requireValidation(spec.length(), source);
    NetworkSpec network = spec.networkFor(source.set());
    return spec.averaging().master() == AveragingMaster.CONVOY
        ? EngineChoice.of(spec.engine(), network, conf)
        : EngineChoice.reference(
            spec.engine(), "averaging.master is dl4j-spark, which trains with DL4J's own");
  }

  /**
   * Waits for the executors, looks at what they compute on, and has them read and check the images.
   *
   * @param engine that {@link #requireEngine} found
   * @throws UserException if the devices or the data cannot be used
   */
  static TrainingSetup of(
      JavaSparkContext spark, TrainingRunSpec spec, ImageSource source, String engine) {
    NetworkSpec network = spec.networkFor(source.set());
    ExecutorSlots.await(spark, spec.replicas());
    DeviceCheck.require(spark, spec.engine().device(), spec.replicas());
    ProcessorCheck.warn(spark, spec.engine().threads());
    String device = DeviceCheck.wantsGpu(spec.engine().device(), spark.getConf()) ? "gpu" : "cpu";
    SparkLabels.describe(spark, "read and check the image set");
    ImageSetContents contents = ImageSetInspection.of(spark, source);
    TrainingPlan plan = spec.plan(source.images(Split.TRAINING));
    ReplicaTask task =
        spec.task(
            training(spec.replica(), network, source.set(), contents),
            engine,
            preprocessing(source.set(), contents),
            plan);
    LOG.info("Training {} with {} on {}: {}", network.name(), engine, source.set().uri(), plan);
    LOG.info("Learning rate: {}", plan.learningRate());
    return new TrainingSetup(
        spec,
        source,
        contents,
        plan,
        task,
        device,
        RunningStatistics.of(network),
        ResultSettings.of(
            spec.resultSettings(), network, engine, device, source.set(), contents.fingerprint()));
  }

  /** The split that accuracy is measured on after every epoch: validation where there is one. */
  Split epochSplit() {
    return source.images(Split.VALIDATION) > 0 ? Split.VALIDATION : Split.TEST;
  }

  /**
   * How the network is trained.
   *
   * @throws UserException if the classes are to be balanced, and one has no training image
   */
  static TrainingSpec training(
      ReplicaSpec replica, NetworkSpec network, ImageSet set, ImageSetContents contents) {
    List<Long> images = contents.imagesPerClass(Split.TRAINING);
    if (replica.classWeighting() == ClassWeighting.BALANCED && images.contains(0L)) {
      throw new UserException(
          ExitCode.USAGE,
          "Cannot balance the classes of %s: %s has no training image (add some and import again, or set training.class-weights = none)"
              .formatted(set.uri(), Shown.name(set.classNames().get(images.indexOf(0L)))));
    }
    return replica.training(network, images);
  }

  /** How pictures become the network's input, as the set's own did. */
  static Preprocessing preprocessing(ImageSet set, ImageSetContents contents) {
    return new Preprocessing(set.storedShape(), set.margin(), set.fit(), contents.normalization());
  }

  private static void requireValidation(LengthSpec length, ImageSource source) {
    String needs =
        length.patience() > 0
            ? "training.patience = %d".formatted(length.patience())
            : "training.keep = best";
    if ((length.patience() > 0 || length.keep() == KeptEpoch.BEST)
        && source.images(Split.VALIDATION) == 0) {
      throw new UserException(
          ExitCode.USAGE,
          "Cannot train with %s on %s: it has no validation images, and test images must not choose the model (import it again with --validation-share)"
              .formatted(needs, source.set().uri()));
    }
  }
}
