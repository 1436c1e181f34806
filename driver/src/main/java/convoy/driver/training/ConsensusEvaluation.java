package convoy.driver.training;

import convoy.driver.cluster.SparkLabels;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.evaluation.DistributedEvaluation;
import convoy.worker.evaluation.Evaluation;
import convoy.worker.model.InferenceModel;
import java.io.IOException;
import org.apache.spark.api.java.JavaSparkContext;

/** Makes a model of a consensus and tests it. */
final class ConsensusEvaluation {
  private final JavaSparkContext spark;
  private final TrainingSetup setup;
  private final TrainingImages images;
  private final Sanity sanity;
  private final EvaluatedParameters parameters;
  private final DistributedEvaluation evaluation;

  ConsensusEvaluation(
      JavaSparkContext spark,
      ConvoyConfig config,
      TrainingSetup setup,
      TrainingImages images,
      Sanity sanity) {
    this.spark = spark;
    this.setup = setup;
    this.images = images;
    this.sanity = sanity;
    this.parameters = new EvaluatedParameters(spark, config.averaging().batchNorm(), setup, images);
    this.evaluation = new DistributedEvaluation(spark, setup.task().engine(), config.evaluation());
  }

  /**
   * The model of the consensus after {@code epoch}, tested on all test images.
   *
   * @throws convoy.driver.failure.UserException if the test loss is not finite
   */
  TestedModel of(Consensus consensus, int epoch) throws IOException {
    InferenceModel model =
        new InferenceModel(
            setup.task().training().network(),
            setup.source().set().classNames(),
            setup.task().preprocessing(),
            parameters.of(consensus, epoch));
    SparkLabels.describe(
        spark, "epoch %d/%d: test accuracy".formatted(epoch, setup.plan().epochs()));
    Evaluation test = evaluation.of(model, images.test());
    sanity.requireFinite(epoch, test);
    return new TestedModel(model, test);
  }
}
