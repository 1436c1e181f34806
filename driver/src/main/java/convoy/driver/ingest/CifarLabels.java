package convoy.driver.ingest;

/** The two labels that each picture of CIFAR-100 has. */
public enum CifarLabels {
  /** One of a hundred classes. */
  FINE,
  /** One of twenty superclasses. */
  COARSE
}
