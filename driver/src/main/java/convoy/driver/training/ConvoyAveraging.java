package convoy.driver.training;

import convoy.driver.device.TaskDevice;
import convoy.worker.image.ImageShard;
import convoy.worker.training.Divergence;
import convoy.worker.training.Replica;
import convoy.worker.training.ReplicaAverage;
import convoy.worker.training.ReplicaTask;
import convoy.worker.training.ReplicaTimes;
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
 * Convoy's own round: the state goes out as one broadcast, one Spark job trains the replicas, their
 * updates come back as task results and are added up in partition order. Collecting, not Spark's
 * reduce, because that adds in order of completion and gives other bits each time.
 */
final class ConvoyAveraging implements AveragingRound {
  private static final double NANOS_PER_SECOND = 1e9;

  private final JavaSparkContext spark;
  private final ReplicaTask task;

  ConvoyAveraging(JavaSparkContext spark, ReplicaTask task) {
    this.spark = spark;
    this.task = task;
  }

  @Override
  public RoundResult run(TrainingState state, Round round, JavaRDD<ImageShard> shards) {
    long start = System.nanoTime();
    Broadcast<TrainingState> broadcast = spark.broadcast(state);
    long sent = System.nanoTime();
    List<ReplicaUpdate> updates;
    try {
      updates = train(broadcast, round, shards);
    } finally {
      broadcast.destroy();
    }
    long gathered = System.nanoTime();
    TrainingState average = ReplicaAverage.of(updates);
    double compute =
        updates.stream()
                .map(ReplicaUpdate::times)
                .mapToLong(ReplicaTimes::totalNanos)
                .max()
                .orElse(0)
            / NANOS_PER_SECOND;
    return new RoundResult(
        average,
        updates.stream().mapToLong(ReplicaUpdate::examples).sum(),
        updates.stream().mapToDouble(ReplicaUpdate::lossSum).sum(),
        OptionalLong.of(updates.stream().mapToLong(ReplicaUpdate::correct).sum()),
        new RoundTimes(
            (sent - start) / NANOS_PER_SECOND,
            compute,
            (gathered - sent) / NANOS_PER_SECOND - compute,
            (System.nanoTime() - gathered) / NANOS_PER_SECOND),
        updates.stream()
            .map(ReplicaUpdate::divergence)
            .flatMap(Optional::stream)
            .min(Divergence.EARLIEST_FIRST));
  }

  private List<ReplicaUpdate> train(
      Broadcast<TrainingState> state, Round round, JavaRDD<ImageShard> shards) {
    ReplicaTask told = task;
    return shards
        .mapPartitionsWithIndex(
            (partition, shard) -> {
              TaskDevice.pin();
              return List.of(Replica.train(told, state.value(), round, partition, shard.next()))
                  .iterator();
            },
            true)
        .collect();
  }
}
