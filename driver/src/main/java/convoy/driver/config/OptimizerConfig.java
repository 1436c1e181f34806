package convoy.driver.config;

/**
 * The chosen optimizer. What it does not use is 0.
 *
 * @param kind which one
 * @param learningRate step size, 1e-9 to 10
 * @param momentum SGD: share of the last step kept, 0 to 0.999999
 * @param weightDecay SGD: added to the gradient, times the weight; Adam: decoupled; 0 to 1
 * @param beta1 Adam: decay of the gradients' mean, 0 to 0.999999
 * @param beta2 Adam: decay of the squared gradients' mean, 0 to 0.999999
 * @param epsilon Adam: guard against division by zero, 1e-12 to 1
 */
public record OptimizerConfig(
    OptimizerKind kind,
    double learningRate,
    double momentum,
    double weightDecay,
    double beta1,
    double beta2,
    double epsilon) {
  private static final double LARGEST_SHARE = 0.999999;

  /** Reads both optimizers, so that a mistake in the idle one is reported too. */
  static OptimizerConfig read(ConfigReader reader) {
    OptimizerKind kind = reader.choice("optimizer.kind", OptimizerKind.class);
    OptimizerConfig adam =
        new OptimizerConfig(
            OptimizerKind.ADAM,
            learningRate(reader, "optimizer.adam.learning-rate"),
            0,
            reader.number("optimizer.adam.weight-decay", 0, 1),
            reader.number("optimizer.adam.beta1", 0, LARGEST_SHARE),
            reader.number("optimizer.adam.beta2", 0, LARGEST_SHARE),
            reader.number("optimizer.adam.epsilon", 1e-12, 1));
    OptimizerConfig sgd =
        new OptimizerConfig(
            OptimizerKind.SGD,
            learningRate(reader, "optimizer.sgd.learning-rate"),
            reader.number("optimizer.sgd.momentum", 0, LARGEST_SHARE),
            reader.number("optimizer.sgd.weight-decay", 0, 1),
            0,
            0,
            0);
    return kind == OptimizerKind.ADAM ? adam : sgd;
  }

  private static double learningRate(ConfigReader reader, String key) {
    return reader.number(key, 1e-9, 10);
  }
}
