package convoy.driver.config;

/**
 * How replicas become one.
 *
 * @param master what averages them
 * @param reduction how their updates come together
 */
public record AveragingConfig(AveragingMaster master, AveragingReduction reduction) {
  static AveragingConfig read(ConfigReader reader) {
    return new AveragingConfig(
        reader.choice("averaging.master", AveragingMaster.class),
        reader.choice("averaging.reduction", AveragingReduction.class));
  }
}
