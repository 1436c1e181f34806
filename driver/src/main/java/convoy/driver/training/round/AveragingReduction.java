package convoy.driver.training.round;

/** How the updates of the replicas come together. */
public enum AveragingReduction {
  /** One of the others, by what the driver's link would carry. */
  AUTO,
  /** The driver collects all updates and averages them. */
  DIRECT,
  /** The executors exchange slices of the updates and average them; the driver joins the slices. */
  SLICED
}
