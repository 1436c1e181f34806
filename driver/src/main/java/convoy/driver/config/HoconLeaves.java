package convoy.driver.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** A HOCON tree as dotted keys, in the order of its lines. */
final class HoconLeaves {
  /** The name of the block that holds all of Convoy's keys. */
  static final String ROOT = "convoy";

  private HoconLeaves() {}

  /**
   * Everything in {@code object} that holds no further keys, lists and empty objects included. Keys
   * under the root come without it; other keys stay as they are.
   */
  static Map<String, ConfigValue> of(ConfigObject object) {
    Map<String, ConfigValue> leaves = new LinkedHashMap<>();
    collect("", object, leaves);
    return leaves;
  }

  private static void collect(String prefix, ConfigObject object, Map<String, ConfigValue> leaves) {
    object.entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> entry.getValue().origin().lineNumber()))
        .forEach(
            entry -> {
              String key = prefix + entry.getKey();
              if (entry.getValue() instanceof ConfigObject inner && !inner.isEmpty()) {
                collect(key.equals(ROOT) ? "" : key + ".", inner, leaves);
              } else {
                leaves.put(key, entry.getValue());
              }
            });
  }
}
