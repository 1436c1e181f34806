package convoy.driver.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The effective configuration: for each key of {@code reference.conf} the value that won, with its
 * origin. Nothing but the given sources is looked at: no system property, no environment variable,
 * no {@code application.conf} on the class path, so that a run's configuration is all in its
 * command and its file.
 */
public final class Settings {
  private static final Pattern BARE =
      Pattern.compile("true|false|-?(0|[1-9][0-9]*)([.][0-9]+)?([eE]-?[0-9]+)?");

  private final ReferenceConfig reference = ReferenceConfig.load();
  private final ConfigProblems problems = new ConfigProblems();
  private final ConfigSources sources;
  private final Map<String, Setting> byKey = new LinkedHashMap<>();

  private Settings(ConfigSources sources) {
    this.sources = sources;
    reference.keys().forEach(key -> byKey.put(key, reference.setting(key)));
  }

  /** Merges the sources over the defaults. Mistakes are kept for {@link #toConfig}. */
  public static Settings of(ConfigSources sources) {
    Settings settings = new Settings(sources);
    sources.file().ifPresent(settings::putFile);
    sources.assignments().forEach(settings::putAssignment);
    sources
        .options()
        .forEach(option -> settings.putText(option.key(), option.value(), option.option()));
    return settings;
  }

  /**
   * Reads every key, after checking that the required ones were given.
   *
   * @param required key to what the user can type to set it, such as {@code --data URI}
   * @throws convoy.driver.failure.UserException with all mistakes of all sources, one line each
   */
  public ConvoyConfig toConfig(Map<String, String> required) {
    required.forEach(
        (key, remedy) -> {
          if (byKey.get(key).text().filter(String::isBlank).isPresent()) {
            problems.add(
                "Cannot go on without %s: it was not given (add %s)".formatted(key, remedy));
          }
        });
    ConvoyConfig config = ConvoyConfig.read(new ConfigReader(reference, byKey, problems), sources);
    problems.throwIfAny();
    return config;
  }

  /** Every key with its value and, as a comment, its origin: a file for {@code --config}. */
  public String toHocon() {
    StringBuilder hocon = new StringBuilder(HoconLeaves.ROOT + " {\n");
    byKey.forEach(
        (key, setting) -> {
          String text = setting.text().orElseThrow();
          String literal = BARE.matcher(text).matches() ? text : ConfigUtil.quoteString(text);
          hocon.append("  %s = %s  # %s%n".formatted(key, literal, setting.origin()));
        });
    return hocon.append("}\n").toString();
  }

  private void putFile(String file) {
    try {
      Path path = file.startsWith("file:") ? Path.of(URI.create(file)) : Path.of(file);
      if (!Files.isRegularFile(path)) {
        problems.add(
            "Cannot read the configuration file %s: there is no such file (give a local path)"
                .formatted(file));
        return;
      }
      ConfigParseOptions options =
          ConfigParseOptions.defaults()
              .setSyntax(ConfigSyntax.CONF)
              .setAllowMissing(false)
              .setOriginDescription(file);
      Config parsed = ConfigFactory.parseFile(path.toFile(), options);
      HoconLeaves.of(
              parsed
                  .resolveWith(
                      parsed.withFallback(reference.config()), ConfigResolveOptions.noSystem())
                  .root())
          .forEach(
              (key, value) -> put(key, value, value.origin().description().replace(": ", ":")));
    } catch (ConfigException | IllegalArgumentException e) {
      problems.add(
          "Cannot read the configuration file %s: %s (it must be HOCON; see --print-config for one)"
              .formatted(file, e.getMessage().replaceAll("\\s+", " ")));
    }
  }

  private void putAssignment(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      problems.add(
          "Cannot use --set %s: it has no key and '=' (give --set key=value)"
              .formatted(assignment));
      return;
    }
    String key = assignment.substring(0, equals).strip();
    String bareKey =
        key.startsWith(HoconLeaves.ROOT + ".") ? key.substring(HoconLeaves.ROOT.length() + 1) : key;
    putText(bareKey, assignment.substring(equals + 1).strip(), "--set");
  }

  private void putText(String key, String text, String origin) {
    put(key, ConfigValueFactory.fromAnyRef(text, origin), origin);
  }

  private void put(String key, ConfigValue value, String origin) {
    Setting setting = new Setting(key, value, origin);
    if (byKey.containsKey(key)) {
      byKey.put(key, setting);
    } else {
      addUnknown(setting);
    }
  }

  private void addUnknown(Setting setting) {
    String key = setting.key();
    Optional<String> inside =
        byKey.keySet().stream().filter(known -> known.startsWith(key + ".")).findFirst();
    Optional<String> around =
        byKey.keySet().stream().filter(known -> key.startsWith(known + ".")).findFirst();
    if (inside.isPresent()) {
      problems.addValue(
          setting, "it is a block of keys", "set a key in it, such as " + inside.get());
    } else if (around.isPresent()) {
      problems.addValue(setting, around.get() + " holds one value", "set " + around.get());
    } else {
      problems.addValue(
          setting,
          "there is no such key",
          Suggestion.closest(key, byKey.keySet())
              .map("did you mean %s?"::formatted)
              .orElse("--print-config lists all keys"));
    }
  }
}
