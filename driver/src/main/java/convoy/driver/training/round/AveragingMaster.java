package convoy.driver.training.round;

/** What averages the replicas. */
public enum AveragingMaster {
  /** Convoy's own round: weighted by images, summed in partition order. */
  CONVOY,
  /** The ParameterAveragingTrainingMaster of dl4j-spark. */
  DL4J_SPARK
}
