package convoy.driver.training.dl4jspark;

import convoy.driver.device.TaskDevice;
import convoy.driver.training.plan.TrainingPlan;
import convoy.driver.training.round.AveragingRound;
import convoy.driver.training.round.RoundFigures;
import convoy.driver.training.round.RoundResult;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.training.ReplicaTask;
import convoy.worker.training.Round;
import convoy.worker.training.TrainingState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A round done by dl4j-spark's {@code ParameterAveragingTrainingMaster}. It is given exactly the
 * minibatches of the round, one partition a replica, so it has one split to fit, drops none, and
 * averages once at its end.
 *
 * <p>What differs from Convoy's own round: the learning rate stays that of the round's first step;
 * replicas weigh the same, whatever they saw; sums run in order of completion and in float; dropout
 * masks are not reproducible; the loss is DL4J's score of each replica's last minibatch, weight
 * decay and auxiliary classifiers included; correct classifications are not counted.
 */
public final class Dl4jSparkAveraging implements AveragingRound {
  private static final double NANOS_PER_SECOND = 1e9;

  private final ReplicaTask task;
  private final TrainingPlan plan;
  private final ComputationGraph network;
  private final SparkComputationGraph spark;
  private final IterationHook iterations = new IterationHook();

  /** Rounds on that cluster, of the plan's replicas. */
  public Dl4jSparkAveraging(JavaSparkContext context, ReplicaTask task, TrainingPlan plan) {
    this.task = task;
    this.plan = plan;
    this.network = new ComputationGraph(task.training().configuration(task.seed()));
    this.spark = new SparkComputationGraph(context, network, master(plan, iterations));
  }

  /** The settings that matter, each against a default that does something else. */
  private static ParameterAveragingTrainingMaster master(
      TrainingPlan plan, IterationHook iterations) {
    return new ParameterAveragingTrainingMaster.Builder(plan.replicas(), plan.batchSize())
        .batchSizePerWorker(plan.batchSize())
        // No fewer than any round has, so that it averages once, at the end of the round.
        .averagingFrequency(plan.stepsPerEpoch())
        // False by default: it would drop momentum and moments at every averaging.
        .saveUpdater(true)
        // By default it writes every minibatch to a file first.
        .rddTrainingApproach(RDDTrainingApproach.Direct)
        // By default it shuffles; here partition k is replica k.
        .repartionData(Repartition.Never)
        // By default it caches the minibatches and never frees them.
        .storageLevel(null)
        .workerPrefetchNumBatches(0)
        .trainingHooks(List.of(iterations))
        .build();
  }

  @Override
  public RoundResult run(TrainingState state, Round round, JavaRDD<ImageShard> shards) {
    long start = System.nanoTime();
    load(state, task.learningRate().at(state.iteration()));
    spark.fitMultiDataSet(minibatches(round, shards));
    TrainingState average =
        new TrainingState(
            network.params().toFloatVector(),
            state.startsUntouched() ? state.optimizerState() : optimizerState(),
            state.iteration() + round.steps());
    long examples = plan.images(round);
    return new RoundResult(
        average,
        new RoundFigures(
            examples,
            spark.getScore() * examples,
            OptionalLong.empty(),
            0,
            (System.nanoTime() - start) / NANOS_PER_SECOND,
            0,
            0),
        List.of(),
        Optional.empty());
  }

  private JavaRDD<MultiDataSet> minibatches(Round round, JavaRDD<ImageShard> shards) {
    ReplicaTask told = task;
    int outputs = network.getNumOutputArrays();
    return shards.mapPartitionsWithIndex(
        (partition, shard) -> {
          TaskDevice.pin();
          return new MultiDataSets(told, round, partition, shard.next(), outputs);
        },
        true);
  }

  private void load(TrainingState state, double learningRate) {
    network.setLearningRate(learningRate);
    try (INDArray parameters = Nd4j.createFromArray(state.parameters())) {
      network.setParams(parameters.reshape(1, parameters.length()));
    }
    INDArray updater = network.getUpdater().getStateViewArray();
    if (updater != null && state.startsUntouched()) {
      updater.assign(0);
    } else if (updater != null) {
      try (INDArray values = Nd4j.createFromArray(state.optimizerState())) {
        updater.assign(values.reshape(updater.shape()));
      }
    }
    iterations.startFrom(state.startsUntouched() ? 0 : state.iteration());
  }

  private float[] optimizerState() {
    INDArray state = network.getUpdater().getStateViewArray();
    return state == null ? new float[0] : state.toFloatVector();
  }
}
