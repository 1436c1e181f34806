package convoy.driver.training.round;

/**
 * How replicas become one.
 *
 * @param master what averages them
 * @param reduction how their updates come together where the master is Convoy's own
 */
public record AveragingSpec(AveragingMaster master, AveragingReduction reduction) {}
