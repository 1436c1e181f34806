package convoy.driver.training;

import convoy.worker.training.ReplicaUpdate;
import org.apache.spark.api.java.JavaRDD;

/** A way for the updates of the replicas to come together on the driver. All give the same bits. */
interface Reduction {
  /**
   * Runs the job that computes the updates and brings them to the driver.
   *
   * @param updates one a partition, one partition a replica
   */
  GatheredUpdates gather(JavaRDD<ReplicaUpdate> updates);
}
