package convoy.driver.training;

/** Whether a training run goes on with an earlier one. */
public enum Resume {
  /** It starts anew. */
  NEVER,
  /**
   * From the newest checkpoint in its output, if no setting has changed that decides its result.
   */
  UNCHANGED,
  /** The same, with whatever settings may change. */
  CHANGED;

  /** Whether it is to go on. */
  boolean isWanted() {
    return this != NEVER;
  }
}
