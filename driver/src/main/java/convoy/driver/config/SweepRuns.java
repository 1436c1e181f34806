package convoy.driver.config;

import convoy.driver.config.ConfigSources.OptionValue;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.sweep.SweepRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The training runs of a sweep, each of the configuration with its point's settings over it. */
public final class SweepRuns {
  private static final int LONGEST_NAME = 255;
  private static final String OF_THE_SWEEP =
      "it is that of the whole sweep (leave it out of --vary)";
  private static final String OF_THE_APPLICATION =
      "all training runs of a sweep share one Spark application, which has one value of it (run a sweep for each value)";

  /** The settings that no two training runs of a sweep can differ in, and why. */
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

  private SweepRuns() {}

  /**
   * Every training run of the sweep that {@code config} describes: point by point, seed by seed.
   *
   * @throws UserException naming what is wrong with the settings of each, or two that are the same
   */
  public static List<SweepRun> of(ConvoyConfig config) {
    config.sweep().grid().keys().forEach(SweepRuns::requireVariable);
    Map<String, ConvoyConfig> settings = new LinkedHashMap<>();
    List<SweepRun> runs = new ArrayList<>();
    Set<String> mistakes = new LinkedHashSet<>();
    for (Map<String, String> point : config.sweep().grid().points()) {
      for (long seed : config.sweep().seeds()) {
        try {
          String name = name(point, seed);
          ConvoyConfig ofRun = with(config, point, seed, name);
          settings.put(name, ofRun);
          runs.add(
              new SweepRun(
                  point,
                  seed,
                  name,
                  ofRun.data().path(),
                  TrainingRuns.spec(ofRun),
                  TrainingRuns.output(ofRun)));
        } catch (UserException e) {
          mistakes.add(e.getMessage());
        }
      }
    }
    if (!mistakes.isEmpty()) {
      throw new UserException(ExitCode.USAGE, String.join("\n", mistakes));
    }
    requireDifferent(settings);
    return runs;
  }

  private static void requireDifferent(Map<String, ConvoyConfig> byName) {
    Map<Map<String, String>, String> names = new HashMap<>();
    byName.forEach(
        (name, config) -> {
          String same = names.putIfAbsent(config.runSettings(), name);
          if (same != null) {
            throw new UserException(
                ExitCode.USAGE,
                "Cannot sweep over %s and %s: they are the same training run (vary settings that make a difference with the others)"
                    .formatted(same, name));
          }
        });
  }

  private static void requireVariable(String key) {
    if (NOT_VARIED.containsKey(key)) {
      throw new UserException(
          ExitCode.USAGE, "Cannot vary %s: %s".formatted(key, NOT_VARIED.get(key)));
    }
  }

  private static String name(Map<String, String> point, long seed) {
    // In order of the keys: a grid that is written in another order has the same training runs.
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
    return name;
  }

  private static ConvoyConfig with(
      ConvoyConfig config, Map<String, String> point, long seed, String name) {
    List<OptionValue> settings = new ArrayList<>();
    point.forEach((key, value) -> settings.add(new OptionValue("--vary", key, value)));
    settings.add(new OptionValue("--seeds", "training.seed", Long.toString(seed)));
    settings.add(
        new OptionValue(
            "--output",
            "output.path",
            String.join("/", config.output().path(), SweepRun.FOLDER, name)));
    settings.add(new OptionValue("--vary", "sweep.vary", ""));
    return config.with(settings);
  }
}
