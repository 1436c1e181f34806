package convoy.driver.config;

import convoy.worker.training.ConsensusMean;
import convoy.worker.training.OuterStep;
import java.util.Locale;

/**
 * How replicas become one.
 *
 * @param master what averages them
 * @param when how many steps lie between two averagings
 * @param reduction how their updates come together
 * @param optimizerState what becomes of their optimizer states
 * @param batchNorm which batch-norm statistics are evaluated and published
 * @param outer the step from one consensus to the next
 * @param mean of the consensus over rounds, for evaluation
 */
public record AveragingConfig(
    AveragingMaster master,
    WhenConfig when,
    AveragingReduction reduction,
    OptimizerStatePolicy optimizerState,
    BatchNormConfig batchNorm,
    OuterStep outer,
    ConsensusMean mean) {
  private static final double LARGEST_MOMENTUM = 0.999999;

  static AveragingConfig read(ConfigReader reader) {
    return new AveragingConfig(
        reader.choice("averaging.master", AveragingMaster.class),
        WhenConfig.read(reader),
        reader.choice("averaging.reduction", AveragingReduction.class),
        reader.choice("averaging.optimizer-state", OptimizerStatePolicy.class),
        BatchNormConfig.read(reader),
        outer(reader),
        mean(reader));
  }

  /** Reads the settings of all kinds, so that a mistake in an idle one is reported too. */
  private static OuterStep outer(ConfigReader reader) {
    OuterStep.Kind kind = reader.choice("averaging.outer.kind", OuterStep.Kind.class);
    OuterStep blockMomentum = withMomentum(reader, OuterStep.Kind.BMUF);
    OuterStep slowMomentum = withMomentum(reader, OuterStep.Kind.SLOWMO);
    OuterStep nesterov = withMomentum(reader, OuterStep.Kind.NESTEROV);
    OuterStep lookahead =
        new OuterStep(
            OuterStep.Kind.LOOKAHEAD,
            0,
            reader.number("averaging.outer.lookahead.learning-rate", 0.001, 1));
    return switch (kind) {
      case AVERAGE -> new OuterStep(kind, 0, 1);
      case BMUF -> blockMomentum;
      case SLOWMO -> slowMomentum;
      case NESTEROV -> nesterov;
      case LOOKAHEAD -> lookahead;
    };
  }

  private static OuterStep withMomentum(ConfigReader reader, OuterStep.Kind kind) {
    String block = "averaging.outer." + kind.name().toLowerCase(Locale.ROOT);
    return new OuterStep(
        kind,
        reader.number(block + ".momentum", 0, LARGEST_MOMENTUM),
        reader.number(block + ".learning-rate", 0.001, 10));
  }

  private static ConsensusMean mean(ConfigReader reader) {
    return new ConsensusMean(
        reader.choice("averaging.mean.kind", ConsensusMean.Kind.class),
        reader.number("averaging.mean.half-life", 0.001, 1000),
        reader.number("averaging.mean.tail-share", 0.001, 1));
  }
}
