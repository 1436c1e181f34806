package convoy.driver.config;

/** When replicas are averaged. */
public enum AveragingWhen {
  /** After every {@code training.local-steps} steps, and at the end of an epoch. */
  STEPS,
  /** At the end of each epoch. */
  EPOCH,
  /** After every step at first, later after every {@code training.local-steps}. */
  POST_LOCAL,
  /** The more rarely, the lower the learning rate is: the quadratic synchronization rule. */
  QSR
}
