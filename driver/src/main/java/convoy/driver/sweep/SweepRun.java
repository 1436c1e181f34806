package convoy.driver.sweep;

import convoy.driver.config.ConfigSources.OptionValue;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

  private static final int LONGEST_NAME = 255;
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
   * @throws UserException naming what is wrong with the settings of each, or two that are the same
   */
  static List<SweepRun> all(ConvoyConfig config) {
    config.sweep().grid().keys().forEach(SweepRun::requireVariable);
    List<SweepRun> runs = new ArrayList<>();
    Set<String> mistakes = new LinkedHashSet<>();
    for (Map<String, String> point : config.sweep().grid().points()) {
      for (long seed : config.sweep().seeds()) {
        try {
          runs.add(of(config, point, seed));
        } catch (UserException e) {
          mistakes.add(e.getMessage());
        }
      }
    }
    if (!mistakes.isEmpty()) {
      throw new UserException(ExitCode.USAGE, String.join("\n", mistakes));
    }
    requireDifferent(runs);
    return runs;
  }

  private static void requireDifferent(List<SweepRun> runs) {
    Map<Map<String, String>, SweepRun> bySettings = new HashMap<>();
    for (SweepRun run : runs) {
      SweepRun same = bySettings.putIfAbsent(run.config().runSettings(), run);
      if (same != null) {
        throw new UserException(
            ExitCode.USAGE,
            "Cannot sweep over %s and %s: they are the same training (vary what makes a difference with the other settings)"
                .formatted(same.name(), run.name()));
      }
    }
  }

  private static void requireVariable(String key) {
    if (NOT_VARIED.containsKey(key)) {
      throw new UserException(
          ExitCode.USAGE, "Cannot vary %s: %s".formatted(key, NOT_VARIED.get(key)));
    }
  }

  private static SweepRun of(ConvoyConfig config, Map<String, String> point, long seed) {
    // In order of the keys: a grid that is written in another order has the same trainings.
    String name =
        new TreeMap<>(point)
                .entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .collect(Collectors.joining("_"))
            + "_seed="
            + seed;
    if (name.length() > LONGEST_NAME) {
      throw new UserException(
          ExitCode.USAGE,
          "Cannot sweep over %s: a folder of that name would have %d letters, and file systems take %d (vary fewer keys at once)"
              .formatted(name, name.length(), LONGEST_NAME));
    }
    List<OptionValue> settings = new ArrayList<>();
    point.forEach((key, value) -> settings.add(new OptionValue("--vary", key, value)));
    settings.add(new OptionValue("--seeds", "training.seed", Long.toString(seed)));
    settings.add(
        new OptionValue(
            "--output", "output.path", String.join("/", config.output().path(), FOLDER, name)));
    settings.add(new OptionValue("--vary", "sweep.vary", ""));
    return new SweepRun(point, seed, name, config.with(settings));
  }
}
