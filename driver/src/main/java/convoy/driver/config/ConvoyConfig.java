package convoy.driver.config;

import java.util.Map;

/**
 * The whole configuration, one record a block of {@code reference.conf}. It stays on the driver:
 * what executors need of it goes out in wire types of its own.
 */
public record ConvoyConfig(
    DataConfig data,
    OutputConfig output,
    NetworkConfig network,
    EngineConfig engine,
    TrainingConfig training,
    OptimizerConfig optimizer,
    ScheduleConfig schedule,
    AugmentationConfig augmentation,
    AveragingConfig averaging,
    CheckpointConfig checkpoint,
    EvaluationConfig evaluation,
    PredictionConfig prediction,
    ImportConfig archiveImport,
    SynthesisConfig synthesis,
    ExportConfig export) {

  /**
   * The defaults with the sources laid over them.
   *
   * @throws convoy.driver.UserException with all mistakes, one line each
   */
  public static ConvoyConfig load(ConfigSources sources) {
    return Settings.of(sources).toConfig(Map.of());
  }

  static ConvoyConfig read(ConfigReader reader) {
    return new ConvoyConfig(
        DataConfig.read(reader),
        OutputConfig.read(reader),
        NetworkConfig.read(reader),
        EngineConfig.read(reader),
        TrainingConfig.read(reader),
        OptimizerConfig.read(reader),
        ScheduleConfig.read(reader),
        AugmentationConfig.read(reader),
        AveragingConfig.read(reader),
        CheckpointConfig.read(reader),
        EvaluationConfig.read(reader),
        PredictionConfig.read(reader),
        ImportConfig.read(reader),
        SynthesisConfig.read(reader),
        ExportConfig.read(reader));
  }
}
