package convoy.driver.training;

/** The epoch whose model is published. */
public enum KeptEpoch {
  /** The last one. */
  LAST,
  /** The one of the best validation accuracy; the earliest of equals. */
  BEST
}
