package convoy.driver.config;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.driver.training.ClassWeighting;
import convoy.driver.training.KeptEpoch;
import convoy.driver.training.consensus.BatchNormPolicy;
import convoy.driver.training.consensus.BatchNormSpec;
import convoy.driver.training.consensus.OptimizerStatePolicy;
import convoy.driver.training.plan.RateScaling;
import convoy.driver.training.round.AveragingMaster;
import convoy.driver.training.round.AveragingReduction;
import convoy.worker.network.NetworkSpec;
import convoy.worker.training.ConsensusMean;
import convoy.worker.training.LearningRateSchedule;
import convoy.worker.training.OuterStep;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ReferenceConfigTest {
  private static final ReferenceConfig REFERENCE = ReferenceConfig.load();

  @Test
  void keys_areExactlyThoseThatTheRecordsRead() {
    assertThat(REFERENCE.keys()).containsExactlyInAnyOrderElementsOf(rules().keySet());
  }

  @Test
  void comment_ofEveryKey_saysWhatItIsAndTheRuleThatTheReaderHoldsItTo() {
    rules()
        .forEach(
            (key, rule) ->
                assertThat(REFERENCE.comment(key))
                    .as(key)
                    .matches("[A-Z].*[.] Rule: .*")
                    .containsPattern("Rule: \\Q" + rule + "\\E[.;( ]")
                    .doesNotContain("  "));
  }

  @Test
  void comment_ofEveryKey_givesAReasonAfterTheRule() {
    REFERENCE
        .keys()
        .forEach(
            key ->
                assertThat(REFERENCE.comment(key).replaceFirst(".* Rule: [^.]*[.]?[^.]*[.] ", ""))
                    .as(key)
                    .hasSizeGreaterThan(15));
  }

  @Test
  void comment_ofTheNetwork_hasTheNamesThatThereAre() {
    assertThat(REFERENCE.comment("network.name"))
        .startsWith("Architecture: %s. Rule: ".formatted(NetworkSpec.names()));
  }

  @Test
  void defaults_obeyTheirOwnRules() {
    ConvoyConfig config = ConvoyConfig.load(ConfigSources.of());

    assertThat(config.training())
        .isEqualTo(
            new TrainingConfig(
                30, 2, 8, 64, 0, 1, ClassWeighting.NONE, 1, 5, 0, KeptEpoch.LAST, false, false));
    assertThat(config.optimizer())
        .isEqualTo(new OptimizerConfig(OptimizerKind.ADAM, 0.001, 0, 0, 0.9, 0.999, 1e-8));
    assertThat(config.schedule())
        .isEqualTo(
            new ScheduleConfig(new LearningRateSchedule.Constant(), 0, RateScaling.NONE, 128));
    assertThat(config.averaging())
        .isEqualTo(
            new AveragingConfig(
                AveragingMaster.CONVOY,
                new WhenConfig(AveragingWhen.STEPS, 0.5, 0.0022),
                AveragingReduction.AUTO,
                OptimizerStatePolicy.AVERAGE,
                new BatchNormSpec(BatchNormPolicy.AVERAGE, 2048),
                new OuterStep(OuterStep.Kind.AVERAGE, 0, 1),
                new ConsensusMean(ConsensusMean.Kind.NONE, 1, 0.25)));
  }

  /** What decides neither the result of a training run nor which run of a sweep it is. */
  private static final Set<String> DECIDING_NOTHING =
      Set.of(
          "output.path",
          "output.overwrite",
          "training.resume",
          "training.resume-changed",
          // The ways that updates come together give the same bits.
          "averaging.reduction",
          "checkpoint.every-epochs",
          "checkpoint.every-minutes",
          "checkpoint.keep",
          // No result depends on it.
          "evaluation.batch-size",
          // Of the command evaluate.
          "evaluation.split",
          "evaluation.disturb",
          "evaluation.output-path",
          "evaluation.overwrite",
          "log.detail",
          "sweep.vary",
          "sweep.seeds");

  private static final Pattern OTHER_COMMANDS =
      Pattern.compile("(prediction|import|synthesis|export|profile|report)[.].+");

  @Test
  void everyKey_decidesAResultOrTellsRunsApart_orIsNamedHere() {
    Set<String> rest = new TreeSet<>(REFERENCE.keys());
    rest.removeAll(DECIDING_NOTHING);
    rest.removeIf(OTHER_COMMANDS.asMatchPredicate());

    assertThat(read().decidingKeys()).containsExactlyInAnyOrderElementsOf(rest);
  }

  @Test
  void defaults_thatAreInUse_areTheResultSettings() {
    ConvoyConfig config = ConvoyConfig.load(ConfigSources.of());

    assertThat(config.resultSettings())
        .containsEntry("training.batch-size", "64")
        .containsEntry("optimizer.adam.beta1", "0.9")
        .containsEntry("averaging.when", "STEPS")
        // A constant rate does not depend on it, so that a finished run may go on.
        .doesNotContainKey("training.epochs")
        .doesNotContainKey("optimizer.sgd.momentum")
        .doesNotContainKey("data.path");
    assertThat(config.runSettings())
        .containsAllEntriesOf(config.resultSettings())
        .containsEntry("training.epochs", "30");
  }

  private static Map<String, String> rules() {
    return read().rules();
  }

  private static ConfigReader read() {
    Map<String, Setting> settings = new LinkedHashMap<>();
    REFERENCE.keys().forEach(key -> settings.put(key, REFERENCE.setting(key)));
    ConfigReader reader = new ConfigReader(REFERENCE, settings, new ConfigProblems());
    assertThat(ConvoyConfig.read(reader, ConfigSources.of())).isNotNull();
    return reader;
  }
}
