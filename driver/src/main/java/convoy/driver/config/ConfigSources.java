package convoy.driver.config;

import java.util.List;
import java.util.Optional;

/**
 * What a user sets, in rising order of precedence. Keys may leave off the root {@code convoy.};
 * values are taken as they stand, so that {@code data.path=hdfs://host:9000/data} needs no quotes.
 *
 * @param file a HOCON file, its path or {@code file:} URI
 * @param assignments {@code key=value} each; the last one of a key counts
 * @param options values of command line options that stand for a key
 */
public record ConfigSources(
    Optional<String> file, List<String> assignments, List<OptionValue> options) {

  /**
   * A command line option that was given.
   *
   * @param option its name, such as {@code --epochs}
   * @param key the key it stands for, such as {@code training.epochs}
   * @param value as typed
   */
  public record OptionValue(String option, String key, String value) {}

  /** Assignments {@code key=value} and nothing else. */
  public static ConfigSources of(String... assignments) {
    return new ConfigSources(Optional.empty(), List.of(assignments), List.of());
  }
}
