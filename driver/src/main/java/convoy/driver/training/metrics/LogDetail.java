package convoy.driver.training.metrics;

/** What the standard error tells of a training run. */
public enum LogDetail {
  /** On a terminal a line that renews itself, elsewhere a line every few seconds. */
  AUTO,
  /** A line for every round, with all its figures. */
  ROUNDS
}
