package convoy.driver.training;

import convoy.driver.cluster.SparkLabels;
import convoy.driver.evaluation.DistributedEvaluation;
import convoy.driver.training.consensus.Consensus;
import convoy.worker.evaluation.Evaluation;
import convoy.worker.image.Split;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.model.InferenceModel;
import java.io.IOException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Makes a model of a consensus and measures it. */
final class ConsensusEvaluation {
  private static final double NANOS_PER_SECOND = 1e9;

  private final JavaSparkContext spark;
  private final TrainingSetup setup;
  private final TrainingImages images;
  private final Sanity sanity;
  private final EvaluatedParameters parameters;
  private final DistributedEvaluation evaluation;

  ConsensusEvaluation(
      JavaSparkContext spark, TrainingSetup setup, TrainingImages images, Sanity sanity) {
    this.spark = spark;
    this.setup = setup;
    this.images = images;
    this.sanity = sanity;
    this.parameters = new EvaluatedParameters(spark, setup, images);
    this.evaluation =
        new DistributedEvaluation(spark, setup.task().engine(), setup.spec().evaluation());
  }

  /** The model of the consensus after {@code epoch}. */
  InferenceModel model(Consensus consensus, int epoch) {
    return model(parameters.of(consensus, epoch));
  }

  /** The model with those parameters, float32. */
  InferenceModel model(float[] evaluated) {
    return new InferenceModel(
        setup.task().training().network(),
        setup.source().set().classNames(),
        setup.task().preprocessing(),
        evaluated);
  }

  /**
   * The model of {@code epoch}, measured on all images of a split.
   *
   * @throws convoy.driver.failure.UserException if its loss is not finite
   */
  MeasuredModel measured(InferenceModel model, int epoch, Split split) throws IOException {
    JavaRDD<ImageShard> shards = images.of(split);
    SparkLabels.describe(
        spark, "epoch %d/%d: %s accuracy".formatted(epoch, setup.plan().epochs(), split.word()));
    long start = System.nanoTime();
    Evaluation result = evaluation.of(model, shards);
    double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
    sanity.requireFinite(epoch, result, split);
    return new MeasuredModel(model, result, seconds);
  }
}
