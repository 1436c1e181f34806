package convoy.driver.evaluation;

import convoy.driver.cluster.ExecutorSlots;
import convoy.driver.cluster.SparkLabels;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.data.ImageSet;
import convoy.driver.data.ImageSetInspection;
import convoy.driver.data.ImageSource;
import convoy.driver.data.ImageSources;
import convoy.driver.data.Shards;
import convoy.driver.device.DeviceCheck;
import convoy.driver.device.EngineChoice;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.store.Locations;
import convoy.driver.store.ModelDirectory;
import convoy.worker.evaluation.Evaluation;
import convoy.worker.image.Split;
import convoy.worker.model.InferenceModel;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;

/** Measures a published model on the test images of a binary image set. */
public final class EvaluationJob {
  private final JavaSparkContext spark;
  private final ConvoyConfig config;

  /** An evaluation on that cluster. */
  public EvaluationJob(JavaSparkContext spark, ConvoyConfig config) {
    this.spark = spark;
    this.config = config;
  }

  /**
   * Evaluates every test image.
   *
   * @throws UserException if the model or the data is wrong, or they do not go together
   */
  public EvaluationSummary run() {
    Configuration hadoop = spark.hadoopConfiguration();
    InferenceModel model =
        new ModelDirectory(hadoop, Locations.path(config.prediction().modelPath())).load();
    ImageSource source = ImageSources.open(hadoop, config.data().path());
    ImageSet set = source.set();
    if (!set.classNames().equals(model.labels())) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot evaluate the model on %s: its classes are %s and the model's are %s (name the data set that the model was trained for)"
              .formatted(set.uri(), set.classNames(), model.labels()));
    }
    String engine = EngineChoice.of(config.engine(), model.network(), spark.getConf());
    ExecutorSlots.await(
        spark, source.slices(Split.TEST).size() + source.slices(Split.TRAINING).size());
    int tasks = spark.defaultParallelism();
    DeviceCheck.require(spark, config.engine().device(), tasks);
    SparkLabels.describe(spark, "read and check the image set");
    ImageSetInspection.of(spark, source);
    SparkLabels.describe(spark, "test accuracy");
    Evaluation evaluation =
        new DistributedEvaluation(spark, engine, config.evaluation())
            .of(model, new Shards(spark).inOrder(source, Split.TEST, tasks, "test images"));
    return new EvaluationSummary(model.labels(), evaluation, config.evaluation().testTimeFlip());
  }
}
