package convoy.driver.training;

import convoy.driver.ExitCode;
import convoy.driver.SparkLabels;
import convoy.driver.UserException;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.data.ImageSet;
import convoy.driver.data.ImageSetDirectory;
import convoy.driver.data.ImageSetInspection;
import convoy.driver.data.Shards;
import convoy.driver.evaluation.DistributedEvaluation;
import convoy.worker.evaluation.Evaluation;
import convoy.worker.image.ImageShard;
import convoy.worker.model.InferenceModel;
import convoy.worker.training.InitialState;
import convoy.worker.training.ReplicaTask;
import convoy.worker.training.Round;
import convoy.worker.training.TrainingState;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a network and publishes it. The loop:
 *
 * <pre>
 * state = initial state, or the latest good checkpoint
 * for each epoch
 *   for each round of the epoch
 *     state = averagingRound.run(state)       broadcast, H local steps, average
 *   evaluate(state)                           all test images, integer counts
 *   checkpoints.save(state)
 * modelDirectory.publish(state)
 * </pre>
 */
public final class TrainingJob {
}
