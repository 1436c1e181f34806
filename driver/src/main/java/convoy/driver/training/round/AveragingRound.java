package convoy.driver.training.round;

import convoy.worker.image.shard.ImageShard;
import convoy.worker.training.Round;
import convoy.worker.training.TrainingState;
import org.apache.spark.api.java.JavaRDD;

/**
 * One round: every replica takes its local steps from the same state, and the results are averaged.
 */
public interface AveragingRound {
  /**
   * Runs the round on the cluster.
   *
   * @param state that all replicas start from
   * @param shards one per partition, one partition per replica
   */
  RoundResult run(TrainingState state, Round round, JavaRDD<ImageShard> shards);
}
