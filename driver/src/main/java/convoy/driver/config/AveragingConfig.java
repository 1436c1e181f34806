package convoy.driver.config;

/**
 * How replicas become one.
 *
 * @param master what averages them
 */
public record AveragingConfig(AveragingMaster master) {
  static AveragingConfig read(ConfigReader reader) {
    return new AveragingConfig(reader.choice("averaging.master", AveragingMaster.class));
  }
}
