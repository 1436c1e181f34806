package convoy.worker.network;

import java.io.Serializable;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;

/**
 * The rule that turns gradients into parameter changes, without its learning rate: each step is
 * told its own.
 */
public sealed interface OptimizerSpec extends Serializable {

  /** Sets the updater and the weight decay of a configuration. */
  void configure(NeuralNetConfiguration.Builder builder);

  /**
   * Adam (Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2014, algorithm 1) with
   * decoupled weight decay (Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2017,
   * algorithm 2) on weights, not on biases and batch normalization.
   *
   * @param beta1 decay of the first moment, 0 to 1
   * @param beta2 decay of the second moment, 0 to 1
   * @param epsilon added to the root of the second moment, above 0
   * @param weightDecay coefficient, multiplied with the learning rate; 0 or more
   */
  record AdamW(double beta1, double beta2, double epsilon, double weightDecay)
      implements OptimizerSpec {
    @Override
    public void configure(NeuralNetConfiguration.Builder builder) {
      builder.updater(new Adam(PLACEHOLDER_LEARNING_RATE, beta1, beta2, epsilon));
      if (weightDecay > 0) {
        builder.weightDecay(weightDecay, true);
      }
    }
  }

  /**
   * Stochastic gradient descent with Nesterov momentum (Sutskever et al., "On the importance of
   * initialization and momentum in deep learning", 2013, section 2); weight decay is added to the
   * gradient of weights, not of biases and batch normalization.
   *
   * @param momentum 0 to 1; 0 is plain gradient descent
   * @param weightDecay coefficient, 0 or more
   */
  record Sgd(double momentum, double weightDecay) implements OptimizerSpec {
    @Override
    public void configure(NeuralNetConfiguration.Builder builder) {
      builder.updater(new Nesterovs(PLACEHOLDER_LEARNING_RATE, momentum));
      if (weightDecay > 0) {
        builder.l2(weightDecay);
      }
    }
  }

  /** Stands in the configuration until the first step sets the real rate; never used. */
  double PLACEHOLDER_LEARNING_RATE = 1e-3;
}
