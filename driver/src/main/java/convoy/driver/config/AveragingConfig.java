package convoy.driver.config;

import convoy.driver.training.consensus.BatchNormSpec;
import convoy.driver.training.consensus.ConsensusSpec;
import convoy.driver.training.consensus.OptimizerStatePolicy;
import convoy.driver.training.round.AveragingMaster;
import convoy.driver.training.round.AveragingReduction;
import convoy.driver.training.round.AveragingSpec;
import convoy.worker.training.ConsensusMean;
import convoy.worker.training.OuterStep;
import java.util.Locale;

/**
 * How and when the replicas are averaged.
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
    BatchNormSpec batchNorm,
    OuterStep outer,
    ConsensusMean mean) {
  private static final double LARGEST_MOMENTUM = 0.999999;

  static AveragingConfig read(ConfigReader reader) {
    return new AveragingConfig(
        reader.key("averaging.master").decidesResult().choice(AveragingMaster.class),
        WhenConfig.read(reader),
        reader.key("averaging.reduction").choice(AveragingReduction.class),
        reader.key("averaging.optimizer-state").decidesResult().choice(OptimizerStatePolicy.class),
        BatchNormKeys.read(reader),
        outer(reader),
        mean(reader));
  }

  AveragingSpec replicas() {
    return new AveragingSpec(master, reduction);
  }

  ConsensusSpec consensus() {
    return new ConsensusSpec(optimizerState, outer, mean);
  }

  /** Whether what happens in a round depends on how many epochs there are in all. */
  boolean dependsOnLength() {
    return mean.kind() == ConsensusMean.Kind.TAIL || when.rule() == AveragingWhen.POST_LOCAL;
  }

  /** Reads the settings of all kinds, so that a mistake in an idle one is reported too. */
  private static OuterStep outer(ConfigReader reader) {
    OuterStep.Kind kind =
        reader.key("averaging.outer.kind").decidesResult().choice(OuterStep.Kind.class);
    OuterStep blockMomentum = withMomentum(reader, OuterStep.Kind.BMUF, kind);
    OuterStep slowMomentum = withMomentum(reader, OuterStep.Kind.SLOWMO, kind);
    OuterStep nesterov = withMomentum(reader, OuterStep.Kind.NESTEROV, kind);
    OuterStep lookahead =
        new OuterStep(
            OuterStep.Kind.LOOKAHEAD,
            0,
            reader
                .key("averaging.outer.lookahead.learning-rate")
                .decidesResultIf(kind == OuterStep.Kind.LOOKAHEAD)
                .number(0.001, 1));
    return switch (kind) {
      case AVERAGE -> new OuterStep(kind, 0, 1);
      case BMUF -> blockMomentum;
      case SLOWMO -> slowMomentum;
      case NESTEROV -> nesterov;
      case LOOKAHEAD -> lookahead;
    };
  }

  private static OuterStep withMomentum(
      ConfigReader reader, OuterStep.Kind kind, OuterStep.Kind chosen) {
    String block = "averaging.outer." + kind.name().toLowerCase(Locale.ROOT);
    return new OuterStep(
        kind,
        reader.key(block + ".momentum").decidesResultIf(kind == chosen).number(0, LARGEST_MOMENTUM),
        reader.key(block + ".learning-rate").decidesResultIf(kind == chosen).number(0.001, 10));
  }

  private static ConsensusMean mean(ConfigReader reader) {
    ConsensusMean.Kind kind =
        reader.key("averaging.mean.kind").decidesResult().choice(ConsensusMean.Kind.class);
    return new ConsensusMean(
        kind,
        reader
            .key("averaging.mean.half-life")
            .decidesResultIf(kind == ConsensusMean.Kind.EXPONENTIAL)
            .number(0.001, 1000),
        reader
            .key("averaging.mean.tail-share")
            .decidesResultIf(kind == ConsensusMean.Kind.TAIL)
            .number(0.001, 1));
  }
}
