package convoy.driver.config;

/**
 * How replicas become one.
 *
 * @param master what averages them
 * @param when how many steps lie between two averagings
 * @param postLocalShare of the training in which {@code POST_LOCAL} averages every step, 0 to 1
 * @param qsrAlpha of {@code QSR}, in units of the learning rate, 1e-9 to 1000
 */
public record AveragingConfig(
    AveragingMaster master, AveragingWhen when, double postLocalShare, double qsrAlpha) {
  static AveragingConfig read(ConfigReader reader) {
    return new AveragingConfig(
        reader.choice("averaging.master", AveragingMaster.class),
        reader.choice("averaging.when", AveragingWhen.class),
        reader.number("averaging.post-local.share", 0, 1),
        reader.number("averaging.qsr.alpha", 1e-9, 1000));
  }
}
