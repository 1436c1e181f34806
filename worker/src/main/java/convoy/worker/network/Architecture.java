package convoy.worker.network;

import convoy.worker.optimizer.OptimizerSpec;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * A network for images of one shape: it turns a {@link NetworkSpec} into a DL4J configuration. The
 * graph's first output is the classification; any others are auxiliary classifiers, which only help
 * to train.
 */
interface Architecture {
  /** The DL4J definition of {@code network}. */
  ComputationGraphConfiguration configuration(
      NetworkSpec network, OptimizerSpec optimizer, long seed);
}
