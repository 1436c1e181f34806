package convoy.driver.config;

/**
 * When replicas are averaged.
 *
 * @param rule how many steps lie between two averagings
 * @param postLocalShare of the training run in which {@code POST_LOCAL} averages every step, 0 to 1
 * @param qsrAlpha of {@code QSR}, in units of the learning rate, 1e-9 to 1000
 */
public record WhenConfig(AveragingWhen rule, double postLocalShare, double qsrAlpha) {
  static WhenConfig read(ConfigReader reader) {
    AveragingWhen rule = reader.key("averaging.when").decidesResult().choice(AveragingWhen.class);
    return new WhenConfig(
        rule,
        reader
            .key("averaging.post-local.share")
            .decidesResultIf(rule == AveragingWhen.POST_LOCAL)
            .number(0, 1),
        reader
            .key("averaging.qsr.alpha")
            .decidesResultIf(rule == AveragingWhen.QSR)
            .number(1e-9, 1000));
  }
}
