package convoy.driver.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scenario files in {@code conf/}. */
class ScenariosTest {
  static List<Path> scenarios() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "conf"))) {
      return files
          .filter(file -> file.toString().endsWith(".conf"))
          .filter(file -> !file.endsWith("spark-defaults.conf"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void scenario_isAccepted(Path file) {
    ConvoyConfig config =
        ConvoyConfig.load(new ConfigSources(Optional.of(file.toString()), List.of(), List.of()));

    assertThat(config.network().name()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void scenario_setsOnlyWhatDiffersFromTheDefaults(Path file) {
    ReferenceConfig reference = ReferenceConfig.load();
    Map<String, String> same = new LinkedHashMap<>();
    Map<String, ConfigValue> values = HoconLeaves.of(ConfigFactory.parseFile(file.toFile()).root());
    values.forEach(
        (key, value) -> {
          String text = new Setting(key, value, "").text().orElseThrow();
          if (text.equals(reference.defaultValue(key))) {
            same.put(key, text);
          }
        });

    // What a training run is known by stands in its file, whatever the defaults are.
    assertThat(values.keySet()).contains("network.name", "training.epochs");
    assertThat(same.keySet()).isSubsetOf("network.name", "training.epochs");
  }
}
