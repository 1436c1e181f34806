package convoy.driver.training.round;

import convoy.worker.training.ReplicaAverage;
import convoy.worker.training.ReplicaSpread;
import convoy.worker.training.ReplicaUpdate;
import convoy.worker.training.TrainingState;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * Updates come back as task results and the driver adds them up in partition order. Collecting, not
 * Spark's reduce, because that adds in order of completion and gives other bits each time.
 */
final class DirectReduction implements Reduction {
  @Override
  public Gathered gather(JavaRDD<ReplicaUpdate> updates) {
    List<ReplicaUpdate> collected = updates.collect();
    return new Gathered(
        collected,
        () -> {
          TrainingState average = ReplicaAverage.of(collected);
          return new Averaged(average, ReplicaSpread.of(collected, average));
        });
  }
}
