package convoy.driver.training.round;

import convoy.driver.device.TaskDevice;
import convoy.worker.image.shard.ImageShard;
import convoy.worker.training.Divergence;
import convoy.worker.training.Replica;
import convoy.worker.training.ReplicaTask;
import convoy.worker.training.ReplicaUpdate;
import convoy.worker.training.Round;
import convoy.worker.training.TrainingState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Convoy's own round: the state goes out as one broadcast, one Spark job trains the replicas, and a
 * {@link Reduction} brings their average to the driver.
 */
public final class ConvoyAveraging implements AveragingRound {
  private static final double NANOS_PER_SECOND = 1e9;

  private final JavaSparkContext spark;
  private final ReplicaTask task;
  private final Reduction reduction;

  /** Rounds of that task on that cluster. */
  public ConvoyAveraging(JavaSparkContext spark, ReplicaTask task, Reduction reduction) {
    this.spark = spark;
    this.task = task;
    this.reduction = reduction;
  }

  @Override
  public RoundResult run(TrainingState state, Round round, JavaRDD<ImageShard> shards) {
    long start = System.nanoTime();
    Broadcast<TrainingState> broadcast = spark.broadcast(state);
    long sent = System.nanoTime();
    Reduction.Gathered gathered;
    try {
      gathered = reduction.gather(trained(broadcast, round, shards));
    } finally {
      broadcast.destroy();
    }
    long arrived = System.nanoTime();
    Reduction.Averaged averaged = gathered.average().get();
    List<ReplicaUpdate> updates = gathered.updates();
    List<ReplicaFigures> replicas = ReplicaFigures.of(updates, averaged.spread());
    double compute = replicas.stream().mapToDouble(ReplicaFigures::seconds).max().orElse(0);
    return new RoundResult(
        averaged.state(),
        new RoundFigures(
            updates.stream().mapToLong(ReplicaUpdate::examples).sum(),
            updates.stream().mapToDouble(ReplicaUpdate::lossSum).sum(),
            OptionalLong.of(updates.stream().mapToLong(ReplicaUpdate::correct).sum()),
            (sent - start) / NANOS_PER_SECOND,
            compute,
            (arrived - sent) / NANOS_PER_SECOND - compute,
            (System.nanoTime() - arrived) / NANOS_PER_SECOND),
        replicas,
        updates.stream()
            .map(ReplicaUpdate::divergence)
            .flatMap(Optional::stream)
            .min(Divergence.EARLIEST_FIRST));
  }

  private JavaRDD<ReplicaUpdate> trained(
      Broadcast<TrainingState> state, Round round, JavaRDD<ImageShard> shards) {
    ReplicaTask told = task;
    return shards.mapPartitionsWithIndex(
        (partition, shard) -> {
          TaskDevice.pin();
          return List.of(Replica.train(told, state.value(), round, partition, shard.next()))
              .iterator();
        },
        true);
  }
}
