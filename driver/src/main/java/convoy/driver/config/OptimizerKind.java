package convoy.driver.config;

/** How gradients become steps. */
public enum OptimizerKind {
  /** Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015. */
  ADAM,
  /** Stochastic gradient descent with Nesterov momentum. */
  SGD
}
