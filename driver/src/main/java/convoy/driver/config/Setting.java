package convoy.driver.config;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.Optional;

/**
 * The value of a key, with where it came from.
 *
 * @param key without the root, such as {@code training.epochs}
 * @param value as parsed, of any type
 * @param origin such as {@code --epochs}, {@code --set} or {@code my.conf:7}
 */
record Setting(String key, ConfigValue value, String origin) {
  /** The value as its author wrote it, without quotes; empty if it is a list, an object or null. */
  Optional<String> text() {
    return switch (value.valueType()) {
      case STRING, NUMBER, BOOLEAN -> Optional.of(value.atKey("value").getString("value"));
      case LIST, OBJECT, NULL -> Optional.empty();
    };
  }

  /** Key, value and origin as they read in an error message, on one line. */
  String described() {
    String shown =
        text()
            .map(text -> isPlain(text) ? text : ConfigUtil.quoteString(text))
            .orElseGet(() -> value.render(ConfigRenderOptions.concise()));
    return "%s = %s from %s".formatted(key, shown, origin);
  }

  private static boolean isPlain(String text) {
    return !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
  }
}
