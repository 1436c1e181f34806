package convoy.driver.training;

import convoy.driver.cluster.SparkLabels;
import convoy.driver.device.TaskDevice;
import convoy.driver.training.consensus.BatchNormPolicy;
import convoy.driver.training.consensus.Consensus;
import convoy.driver.training.plan.TrainingPlan;
import convoy.worker.engine.RunningStatistics;
import convoy.worker.training.MinibatchStatistics;
import convoy.worker.training.ReplicaTask;
import convoy.worker.training.Round;
import convoy.worker.training.StatisticsEstimate;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The parameters that are evaluated and published: those of the consensus or, where one is kept, of
 * its mean over rounds; with batch-norm statistics that are estimated anew, if so configured. The
 * training itself goes on from the consensus as it is.
 */
final class EvaluatedParameters {
  /** Training counts its rounds from 1: the estimate has draws of its own. */
  private static final int ROUND_OF_ESTIMATE = 0;

  private final JavaSparkContext spark;
  private final TrainingSetup setup;
  private final TrainingImages images;

  EvaluatedParameters(JavaSparkContext spark, TrainingSetup setup, TrainingImages images) {
    this.spark = spark;
    this.setup = setup;
    this.images = images;
  }

  /** Those of the consensus after {@code epoch}, float32. */
  float[] of(Consensus consensus, int epoch) {
    float[] mean = consensus.meanParameters();
    float[] parameters = mean.length == 0 ? consensus.state().parameters() : mean;
    if (setup.spec().batchNorm().policy() == BatchNormPolicy.AVERAGE
        || setup.statistics().runs().isEmpty()) {
      return parameters;
    }
    return StatisticsEstimate.applied(estimate(parameters, epoch), setup.statistics(), parameters);
  }

  /**
   * One Spark job: each replica's first minibatches of the epoch, as many as make up the configured
   * number of images; added in partition order.
   */
  private MinibatchStatistics estimate(float[] parameters, int epoch) {
    TrainingPlan plan = setup.plan();
    long globalBatch = plan.globalBatchSize();
    int steps =
        Math.toIntExact((setup.spec().batchNorm().images() + globalBatch - 1) / globalBatch);
    Round round = new Round(epoch, ROUND_OF_ESTIMATE, 0, Math.min(steps, plan.stepsPerEpoch()));
    ReplicaTask told = setup.task();
    RunningStatistics wanted = setup.statistics();
    var shards = images.ofEpoch(epoch);
    SparkLabels.describe(
        spark,
        "epoch %d/%d: batch-norm statistics of %d replicas x %d minibatches"
            .formatted(epoch, plan.epochs(), plan.replicas(), round.steps()));
    Broadcast<float[]> broadcast = spark.broadcast(parameters);
    List<MinibatchStatistics> estimates;
    try {
      estimates =
          shards
              .mapPartitionsWithIndex(
                  (partition, shard) -> {
                    TaskDevice.pin();
                    return List.of(
                            StatisticsEstimate.of(
                                told, broadcast.value(), wanted, round, partition, shard.next()))
                        .iterator();
                  },
                  true)
              .collect();
    } finally {
      broadcast.destroy();
    }
    return estimates.stream().reduce(MinibatchStatistics::plus).orElseThrow();
  }
}
