package convoy.worker.image;

/** The two parts of a labelled image set. */
public enum Split {
  /** What the network learns from. */
  TRAINING,
  /** What its accuracy is measured on, and never trained with. */
  TEST
}
