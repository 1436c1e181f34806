package convoy.driver.evaluation;

import convoy.driver.cluster.ExecutorSlots;
import convoy.driver.cluster.SparkLabels;
import convoy.driver.data.ImageSet;
import convoy.driver.data.ImageSetInspection;
import convoy.driver.data.ImageSource;
import convoy.driver.data.shard.Shards;
import convoy.driver.device.DeviceCheck;
import convoy.driver.device.EngineChoice;
import convoy.driver.device.EngineSpec;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.store.Locations;
import convoy.driver.store.ModelDirectory;
import convoy.worker.image.Split;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.model.InferenceModel;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures a published model on the images of a split of an image set. */
public final class EvaluationJob {
  /** What is measured of a model. */
  @FunctionalInterface
  public interface Measurement<T> {
    /**
     * Measures it.
     *
     * @param images of the split, in file order, one shard a partition
     * @param evaluation of such shards
     */
    T of(InferenceModel model, JavaRDD<ImageShard> images, DistributedEvaluation evaluation);
  }

  private static final Logger LOG = LoggerFactory.getLogger(EvaluationJob.class);

  private final JavaSparkContext spark;
  private final EngineSpec engine;
  private final EvaluationSpec spec;

  /**
   * Evaluations on that cluster.
   *
   * @param engine what runs the network
   * @param spec how accuracy is measured
   */
  public EvaluationJob(JavaSparkContext spark, EngineSpec engine, EvaluationSpec spec) {
    this.spark = spark;
    this.engine = engine;
    this.spec = spec;
  }

  /**
   * Evaluates every image of a split.
   *
   * @param modelPath directory of a published model, a Hadoop URI
   * @param source the image set
   * @param split of it
   * @throws UserException if the model or the data is wrong, or they do not go together
   */
  public EvaluationSummary run(String modelPath, ImageSource source, Split split) {
    return measure(
        modelPath,
        source,
        split,
        (model, images, evaluation) -> {
          SparkLabels.describe(spark, "%s accuracy".formatted(split.word()));
          return new EvaluationSummary(
              model.labels(), evaluation.of(model, images), spec.testTimeFlip());
        });
  }

  /**
   * Loads the model, reads a split and measures on it.
   *
   * @param modelPath directory of a published model, a Hadoop URI
   * @param source the image set
   * @param split of it
   * @throws UserException if the model or the data is wrong, or they do not go together
   */
  public <T> T measure(
      String modelPath, ImageSource source, Split split, Measurement<T> measurement) {
    Configuration hadoop = spark.hadoopConfiguration();
    InferenceModel model = new ModelDirectory(hadoop, Locations.path(modelPath)).load();
    ImageSet set = source.set();
    SetOfModel.require(set, model);
    SetOfModel.fitWarning(set, model.preprocessing().fit()).ifPresent(LOG::warn);
    if (source.images(split) == 0) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot evaluate the model on %s: it has no %s images (choose another --split)"
              .formatted(set.uri(), split.word()));
    }
    String engineName = EngineChoice.of(engine, model.network(), spark.getConf());
    ExecutorSlots.await(
        spark, source.slices(Split.TEST).size() + source.slices(Split.TRAINING).size());
    int tasks = spark.defaultParallelism();
    DeviceCheck.require(spark, engine.device(), tasks);
    SparkLabels.describe(spark, "read and check the image set");
    ImageSetInspection.of(spark, source);
    try (Shards shards = new Shards(spark)) {
      String name = split.word();
      SparkLabels.describe(spark, "read the %s images".formatted(name));
      JavaRDD<ImageShard> images = shards.inOrder(source, split, tasks, name + " images");
      return measurement.of(model, images, new DistributedEvaluation(spark, engineName, spec));
    }
  }
}
