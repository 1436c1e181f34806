package convoy.driver.sweep;

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

  /**
   * Every training of the sweep that {@code config} describes: point by point, seed by seed.
   *
   * @throws convoy.driver.UserException naming what is wrong with the settings of one
   */
  static List<SweepRun> all(ConvoyConfig config) {
    List<SweepRun> runs = new ArrayList<>();
    for (Map<String, String> point : config.sweep().grid().points()) {
      for (long seed : config.sweep().seeds()) {
        runs.add(of(config, point, seed));
      }
    }
    return runs;
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
        new OptionValue("--output", "output.path", config.output().path() + "/runs/" + name));
    return new SweepRun(point, seed, name, config.with(settings));
  }
}
