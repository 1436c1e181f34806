package convoy.driver.sweep;

import convoy.driver.ExitCode;
import convoy.driver.UserException;
import convoy.driver.config.ConfigSources.OptionValue;
import convoy.driver.config.ConvoyConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One training of a sweep.
 *
 * @param point the keys it varies, with their values
 * @param seed of the training
 * @param name its folder under {@code runs/}
 * @param config all of its settings
 */
record SweepRun(Map<String, String> point, long seed, String name, ConvoyConfig config) {
  /** Where the folders of the trainings are, in the sweep's output. */
  static final String FOLDER = "runs";

  private static final String OF_THE_SWEEP =
      "it is that of the whole sweep (leave it out of --vary)";
  private static final String OF_THE_APPLICATION =
      "all trainings of a sweep run in one Spark application, which has one value of it (sweep once for each value)";

  /** The settings that no two trainings of a sweep can differ in, and why. */
  private static final Map<String, String> NOT_VARIED =
      Map.of(
          "training.seed", "--seeds varies it (leave it out of --vary)",
          "training.resume", OF_THE_SWEEP,
          "training.resume-changed", OF_THE_SWEEP,
          "output.path", OF_THE_SWEEP,
          "output.overwrite", OF_THE_SWEEP,
          "engine.device", OF_THE_APPLICATION,
          "engine.threads", OF_THE_APPLICATION,
          "averaging.master", OF_THE_APPLICATION);

  /**
   * Every training of the sweep that {@code config} describes: point by point, seed by seed.
   *
   * @throws UserException naming what is wrong with the settings of one
   */
  static List<SweepRun> all(ConvoyConfig config) {
    config.sweep().grid().keys().forEach(SweepRun::requireVariable);
    List<SweepRun> runs = new ArrayList<>();
    for (Map<String, String> point : config.sweep().grid().points()) {
      for (long seed : config.sweep().seeds()) {
        runs.add(of(config, point, seed));
      }
    }
    return runs;
  }

  private static void requireVariable(String key) {
    if (NOT_VARIED.containsKey(key)) {
      throw new UserException(
          ExitCode.USAGE, "Cannot vary %s: %s".formatted(key, NOT_VARIED.get(key)));
    }
  }

  private static SweepRun of(ConvoyConfig config, Map<String, String> point, long seed) {
    String name =
        point.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("_"))
            + "_seed="
            + seed;
    List<OptionValue> settings = new ArrayList<>();
    point.forEach((key, value) -> settings.add(new OptionValue("--vary", key, value)));
    settings.add(new OptionValue("--seeds", "training.seed", Long.toString(seed)));
    settings.add(
        new OptionValue(
            "--output", "output.path", String.join("/", config.output().path(), FOLDER, name)));
    return new SweepRun(point, seed, name, config.with(settings));
  }
}
