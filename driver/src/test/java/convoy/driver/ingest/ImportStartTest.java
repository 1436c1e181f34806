package convoy.driver.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import convoy.driver.config.ConfigSources;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.failure.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImportStartTest {
  @TempDir Path directory;

  @ParameterizedTest
  @MethodSource({
    "convoy.driver.ingest.FaultyImportsTest#settings",
    "convoy.driver.ingest.FaultyImportsTest#unrecognised"
  })
  void faultOfSettingsOrOfTheWholeSource_isFoundWithoutSpark(Fault fault) {
    fault.making().accept(directory);

    UserException thrown = catchThrowableOfType(UserException.class, () -> require(fault));

    assertThat(thrown).hasMessageContaining(fault.message());
    assertThat(thrown.exitCode()).isEqualTo(fault.exitCode());
  }

  private void require(Fault fault) {
    List<String> settings = new ArrayList<>(List.of("import.size=8"));
    settings.add("import.from=" + directory.resolve(fault.from()));
    settings.add("output.path=file://" + directory.resolve("set"));
    settings.addAll(fault.settings());
    ConvoyConfig config = ConvoyConfig.load(ConfigSources.of(settings.toArray(new String[0])));
    ImportJob.require(new Configuration(), config.imageImport(), config.output());
  }
}
