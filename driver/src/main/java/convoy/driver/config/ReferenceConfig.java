package convoy.driver.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * {@code reference.conf}: every key, its default and its comment. Other libraries on the class path
 * may bring a file of that name, so only the block {@code convoy} is looked at.
 */
public final class ReferenceConfig {
  private static final String RESOURCE = "reference.conf";

  private final Config config;
  private final Map<String, ConfigValue> defaults;

  private ReferenceConfig(Config config) {
    this.config = config;
    this.defaults = Collections.unmodifiableMap(HoconLeaves.of(config.root()));
  }

  /** Parses the file. */
  public static ReferenceConfig load() {
    ConfigParseOptions options =
        ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setAllowMissing(false);
    return new ReferenceConfig(
        ConfigFactory.parseResources(ReferenceConfig.class.getClassLoader(), RESOURCE, options)
            .withOnlyPath(HoconLeaves.ROOT));
  }

  /** All keys, without the root, in the order of the file. */
  public Set<String> keys() {
    return defaults.keySet();
  }

  /** The default of a key as text; empty text if it has none. */
  public String defaultValue(String key) {
    return setting(key).text().orElseThrow();
  }

  /** The whole comment of a key, its lines joined by spaces. */
  public String comment(String key) {
    return String.join(" ", value(key).origin().comments().stream().map(String::strip).toList());
  }

  Config config() {
    return config;
  }

  Setting setting(String key) {
    return new Setting(key, value(key), "default");
  }

  private ConfigValue value(String key) {
    ConfigValue value = defaults.get(key);
    if (value == null) {
      throw new IllegalArgumentException(
          "Cannot find the key %s in %s: it is not there".formatted(key, RESOURCE));
    }
    return value;
  }
}
