package convoy.driver.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads keys by rules, and keeps what each key is for: {@code key("training.batch-size")
 * .decidesResult().wholeNumber(1, 65_536)}. A value that breaks its rule is noted as a problem, and
 * the default stands in for it so that reading goes on.
 */
final class ConfigReader {
  private final ReferenceConfig reference;
  private final Map<String, Setting> settings;
  private final ConfigProblems problems;
  private final Map<String, String> rules = new LinkedHashMap<>();
  private final Set<String> deciding = new LinkedHashSet<>();
  private final SortedMap<String, String> resultSettings = new TreeMap<>();
  private final SortedMap<String, String> runSettings = new TreeMap<>();

  ConfigReader(ReferenceConfig reference, Map<String, Setting> settings, ConfigProblems problems) {
    this.reference = reference;
    this.settings = settings;
    this.problems = problems;
  }

  /** A key to be read: what it decides is said first, and then its rule. */
  ConfigKey key(String key) {
    return new ConfigKey(this, key);
  }

  /** The rule of each key read so far, as it stands in error messages. */
  Map<String, String> rules() {
    return rules;
  }

  /** Every key read so far that can decide a result or tell training runs apart, idle or not. */
  Set<String> decidingKeys() {
    return deciding;
  }

  /**
   * The settings that decide the parameters of a training run, by key and in the keys' order; those
   * that lie idle are not among them. {@code --resume} compares these.
   */
  SortedMap<String, String> resultSettings() {
    return Collections.unmodifiableSortedMap(resultSettings);
  }

  /**
   * Those, and the settings that only say how long a training run goes on, what is measured of it,
   * or which of its epochs is published. {@code sweep} compares these.
   */
  SortedMap<String, String> runSettings() {
    return Collections.unmodifiableSortedMap(runSettings);
  }

  <T> T read(String key, String rule, Function<String, T> parse) {
    rules.put(key, rule);
    Setting setting = settings.get(key);
    try {
      return parse.apply(
          setting
              .text()
              .orElseThrow(() -> new IllegalArgumentException("it is not a single value")));
    } catch (IllegalArgumentException e) {
      problems.addValue(setting, e.getMessage(), "give " + rule);
      return parse.apply(reference.defaultValue(key));
    }
  }

  void addDeciding(String key) {
    deciding.add(key);
  }

  void addResultSetting(String key, Object value) {
    resultSettings.put(key, value.toString());
    addRunSetting(key, value);
  }

  void addRunSetting(String key, Object value) {
    runSettings.put(key, value.toString());
  }
}
