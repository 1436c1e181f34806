package convoy.worker.image;

import java.util.Locale;

/** The parts of a labelled image set, in the order in which they are counted and digested. */
public enum Split {
  /** What the network learns from. */
  TRAINING,
  /** What settings and epochs are chosen by; not every set has it. */
  VALIDATION,
  /** What its accuracy is measured on, and never trained with. */
  TEST;

  /** The split as messages, tables and file names have it, such as {@code validation}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
