package convoy.worker.optimizer;

import java.io.Serializable;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;

/**
 * An optimizer, without its learning rate: each step has its own. A spec holds everything about an
 * optimizer: DL4J's updater, the same rule in plain Java for engines that have none, and how much
 * state both keep. Both give the same parameters and the same state.
 */
public interface OptimizerSpec extends Serializable {
  /** Stands in the configuration until the first step sets the real rate; never used. */
  double PLACEHOLDER_LEARNING_RATE = 1e-3;

  /** Sets the updater and the weight decay of a configuration. */
  void configure(NeuralNetConfiguration.Builder builder);

  /**
   * The values of state that it keeps for each parameter, called moments. {@link ParameterBlock}
   * says where in the flat state they lie.
   */
  int moments();

  /** The update of parameters and moments, for one thread. */
  UpdateRule rule();
}
