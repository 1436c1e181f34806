package convoy.worker.image;

/** The parts of a labelled image set. */
public enum Split {
  /** What the network learns from. */
  TRAINING,
  /** What decides between epochs and settings; not every image set has one. */
  VALIDATION,
  /** What the accuracy of the result is measured on, and never trained with. */
  TEST
}
