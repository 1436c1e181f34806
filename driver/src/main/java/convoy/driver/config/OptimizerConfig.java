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
    OptimizerKind kind = reader.key("optimizer.kind").decidesResult().choice(OptimizerKind.class);
    OptimizerConfig adam = adam(reader, kind == OptimizerKind.ADAM);
    OptimizerConfig sgd = sgd(reader, kind == OptimizerKind.SGD);
    return kind == OptimizerKind.ADAM ? adam : sgd;
  }

  private static OptimizerConfig adam(ConfigReader reader, boolean used) {
    return new OptimizerConfig(
        OptimizerKind.ADAM,
        reader.key("optimizer.adam.learning-rate").decidesResultIf(used).number(1e-9, 10),
        0,
        reader.key("optimizer.adam.weight-decay").decidesResultIf(used).number(0, 1),
        reader.key("optimizer.adam.beta1").decidesResultIf(used).number(0, LARGEST_SHARE),
        reader.key("optimizer.adam.beta2").decidesResultIf(used).number(0, LARGEST_SHARE),
        reader.key("optimizer.adam.epsilon").decidesResultIf(used).number(1e-12, 1));
  }

  private static OptimizerConfig sgd(ConfigReader reader, boolean used) {
    return new OptimizerConfig(
        OptimizerKind.SGD,
        reader.key("optimizer.sgd.learning-rate").decidesResultIf(used).number(1e-9, 10),
        reader.key("optimizer.sgd.momentum").decidesResultIf(used).number(0, LARGEST_SHARE),
        reader.key("optimizer.sgd.weight-decay").decidesResultIf(used).number(0, 1),
        0,
        0,
        0);
  }
}
