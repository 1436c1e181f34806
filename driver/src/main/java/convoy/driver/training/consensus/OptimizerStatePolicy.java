package convoy.driver.training.consensus;

/** What becomes of the replicas' optimizer states at the end of a round. */
public enum OptimizerStatePolicy {
  /** They are averaged like the parameters. */
  AVERAGE,
  /** They are dropped: every round starts with an untouched optimizer. */
  RESET
}
