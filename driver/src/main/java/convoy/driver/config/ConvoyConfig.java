package convoy.driver.config;

import convoy.driver.data.synthesis.SynthesisSpec;
import convoy.driver.device.EngineSpec;
import convoy.driver.ingest.ImportSpec;
import convoy.driver.prediction.PredictionSpec;
import convoy.driver.store.OutputSpec;
import convoy.driver.training.checkpoint.CheckpointSpec;
import convoy.driver.training.metrics.LogDetail;
import convoy.worker.image.augmentation.Augmentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The whole configuration, one record per block of {@code reference.conf}. It stays on the driver:
 * what executors need of it goes out in wire types of its own.
 *
 * @param resultSettings key to value, in order of the keys, of what decides the parameters of a
 *     training run; what lies idle is not among them
 * @param runSettings those, and what else tells two training runs of a sweep apart
 * @param sources what it was read from
 */
public record ConvoyConfig(
    DataConfig data,
    OutputSpec output,
    NetworkConfig network,
    EngineSpec engine,
    TrainingConfig training,
    OptimizerConfig optimizer,
    ScheduleConfig schedule,
    Augmentation augmentation,
    AveragingConfig averaging,
    CheckpointSpec checkpoint,
    EvaluationConfig evaluation,
    PredictionSpec prediction,
    SweepConfig sweep,
    ImportSpec imageImport,
    SynthesisSpec synthesis,
    ExportConfig export,
    ProfileConfig profile,
    ReportConfig report,
    LogDetail logDetail,
    Map<String, String> resultSettings,
    Map<String, String> runSettings,
    ConfigSources sources) {

  /**
   * The defaults with the sources laid over them.
   *
   * @throws convoy.driver.failure.UserException with all mistakes, one line each
   */
  public static ConvoyConfig load(ConfigSources sources) {
    return Settings.of(sources).toConfig(Map.of());
  }

  /**
   * This configuration with some settings changed.
   *
   * @param settings what changes, over everything else
   * @throws convoy.driver.failure.UserException with all mistakes, one line each
   */
  public ConvoyConfig with(List<ConfigSources.OptionValue> settings) {
    List<ConfigSources.OptionValue> options = new ArrayList<>(sources.options());
    options.addAll(settings);
    return load(new ConfigSources(sources.file(), sources.assignments(), options));
  }

  static ConvoyConfig read(ConfigReader reader, ConfigSources sources) {
    ScheduleConfig schedule = ScheduleConfig.read(reader);
    AveragingConfig averaging = AveragingConfig.read(reader);
    return new ConvoyConfig(
        DataConfig.read(reader),
        OutputKeys.read(reader),
        NetworkConfig.read(reader),
        EngineKeys.read(reader),
        TrainingConfig.read(reader, schedule, averaging),
        OptimizerConfig.read(reader),
        schedule,
        AugmentationConfig.read(reader),
        averaging,
        CheckpointKeys.read(reader),
        EvaluationConfig.read(reader),
        PredictionKeys.read(reader),
        SweepConfig.read(reader),
        ImportKeys.read(reader),
        SynthesisConfig.read(reader),
        ExportConfig.read(reader),
        ProfileConfig.read(reader),
        ReportConfig.read(reader),
        reader.key("log.detail").choice(LogDetail.class),
        reader.resultSettings(),
        reader.runSettings(),
        sources);
  }
}
