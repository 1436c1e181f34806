package convoy.driver.training.round;

import convoy.worker.training.ReplicaSpread;
import convoy.worker.training.ReplicaUpdate;
import convoy.worker.training.TrainingState;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;

/** A way for the updates of the replicas to come together on the driver. All give the same bits. */
public interface Reduction {
  /**
   * Runs the job that computes the updates and brings them to the driver.
   *
   * @param updates one per partition, one partition per replica
   */
  Gathered gather(JavaRDD<ReplicaUpdate> updates);

  /**
   * The updates of a round as they reached the driver.
   *
   * @param updates of all replicas in partition order; their states may have been left behind
   * @param average what is left to do for the average of the states
   */
  record Gathered(List<ReplicaUpdate> updates, Supplier<Averaged> average) {}

  /**
   * The average of the states of a round.
   *
   * @param state the average
   * @param spread of the replicas around it
   */
  record Averaged(TrainingState state, ReplicaSpread spread) {}
}
