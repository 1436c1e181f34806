package convoy.driver.training.round;

import convoy.worker.training.ReplicaSpread;
import convoy.worker.training.ReplicaUpdate;
import convoy.worker.training.SliceAverage;
import convoy.worker.training.StateSlices;
import convoy.worker.training.UpdateSlice;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;

/**
 * Updates are cut into slices that go through a shuffle, a slice's parts to one task, which
 * averages them; the driver joins the averages. Its link carries the state once each way, whatever
 * the number of replicas, and no task holds more than a slice of another's update.
 *
 * <p>A shuffle hands its records over in the order that they happen to arrive in; {@link
 * SliceAverage} puts the parts in the order of the replicas. Each task is still a function of the
 * broadcast state and the shard alone: when an executor is lost between the two stages, Spark
 * trains its replicas again, and their slices are the same bits.
 */
final class SlicedReduction implements Reduction {
  private final int slices;

  /** A reduction in that many slices, 1 or more. */
  SlicedReduction(int slices) {
    this.slices = slices;
  }

  @Override
  public Gathered gather(JavaRDD<ReplicaUpdate> updates) {
    int count = slices;
    JavaRDD<SliceAverage> averages =
        updates
            .mapPartitionsWithIndex(
                (replica, update) -> UpdateSlice.cut(replica, update.next(), count), false)
            .keyBy(UpdateSlice::slice)
            // An Integer's hash is its value: slice s goes to partition s.
            .partitionBy(new HashPartitioner(slices))
            .values()
            .mapPartitionsWithIndex(
                (slice, parts) -> List.of(SliceAverage.of(slice, parts)).iterator(), false);
    List<SliceAverage> gathered;
    try {
      gathered = averages.collect();
    } finally {
      // Spark would do it when the driver's garbage collector finds the RDD, many rounds later.
      // It goes back as far as the cached shards: the shuffle that dealt them is left.
      averages.rdd().cleanShuffleDependencies(false);
    }
    return new Gathered(
        gathered.get(0).updates(),
        () ->
            new Averaged(
                StateSlices.join(gathered.stream().map(SliceAverage::state).toList()),
                gathered.stream()
                    .map(SliceAverage::spread)
                    .reduce(ReplicaSpread::plus)
                    .orElseThrow()));
  }
}
