package convoy.driver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import convoy.driver.config.ConfigSources.OptionValue;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.worker.image.augmentation.Augmentation;
import convoy.worker.image.augmentation.ColourJitter;
import convoy.worker.image.augmentation.ResizedCrop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {
  @TempDir Path directory;

  @Test
  void load_laterSourcesWin_fileThenSetThenOption() throws IOException {
    String file =
        file("convoy.training { epochs = 11, replicas = 12, local-steps = 13, batch-size = 14 }");

    TrainingConfig training =
        ConvoyConfig.load(
                new ConfigSources(
                    Optional.of(file),
                    List.of("training.replicas=22", "convoy.training.local-steps=23"),
                    List.of(new OptionValue("--local-steps", "training.local-steps", "33"))))
            .training();

    assertThat(training.epochs()).isEqualTo(11);
    assertThat(training.replicas()).isEqualTo(22);
    assertThat(training.localSteps()).isEqualTo(33);
    assertThat(training.batchSize()).isEqualTo(14);
  }

  @Test
  void load_theLastAssignmentOfAKeyCounts() {
    assertThat(ConvoyConfig.load(ConfigSources.of("training.epochs=2", "training.epochs=3")))
        .extracting(config -> config.training().epochs())
        .isEqualTo(3);
  }

  @Test
  void load_assignedUri_needsNoQuotes() {
    assertThat(ConvoyConfig.load(ConfigSources.of("data.path=hdfs://host:9000/a b#c=d")).data())
        .isEqualTo(new DataConfig("hdfs://host:9000/a b#c=d", 1));
  }

  @Test
  void load_optimizerSgd_takesTheRateOfSgd() {
    assertThat(
            ConvoyConfig.load(
                    ConfigSources.of(
                        "optimizer.kind=sgd",
                        "optimizer.sgd.learning-rate=0.05",
                        "optimizer.adam.learning-rate=0.5"))
                .optimizer())
        .isEqualTo(new OptimizerConfig(OptimizerKind.SGD, 0.05, 0.9, 1e-4, 0, 0, 0));
  }

  @Test
  void load_fileRefersToADefault_substitutesIt() throws IOException {
    String file = file("convoy.evaluation.batch-size = ${convoy.training.batch-size}");

    assertThat(ConvoyConfig.load(fromFile(file)).evaluation().spec().batchSize()).isEqualTo(64);
  }

  @Test
  void load_systemPropertyOfAKeysName_isNotLookedAt() {
    System.setProperty("convoy.training.epochs", "77");
    try {
      assertThat(ConvoyConfig.load(ConfigSources.of()).training().epochs()).isEqualTo(30);
    } finally {
      System.clearProperty("convoy.training.epochs");
    }
  }

  @Test
  void load_fileRefersToTheEnvironment_isRefused() throws IOException {
    assertThat(System.getenv("PATH")).isNotEmpty();

    assertMessage(fromFile(file("convoy.data.path = ${PATH}")))
        .startsWith("Cannot read the configuration file ")
        .contains("Could not resolve substitution", "${PATH}");
  }

  @Test
  void load_everythingWrong_isReportedAtOnceWithItsOrigins() throws IOException {
    String file =
        file(
            """
            convoy {
              trainng { epochs = 3 }
              training {
                replicas = none
                batch-size = [1, 2]
              }
              network = resnet-20
              data.path.x = 1
            }
            """);
    ConfigSources sources =
        new ConfigSources(
            Optional.of(file),
            List.of("engine.device=gpus", "training.local-steps", "prediction.top-k=0"),
            List.of(new OptionValue("--epochs", "training.epochs", "1.5")));

    assertThatThrownBy(() -> Settings.of(sources).toConfig(Map.of("output.path", "--output URI")))
        .asInstanceOf(type(UserException.class))
        .satisfies(
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(e.getMessage().lines())
                  .containsExactlyInAnyOrder(
                      "Cannot use trainng.epochs = 3 from %s:2: there is no such key (did you mean training.epochs?)"
                          .formatted(file),
                      "Cannot use network = resnet-20 from %s:7: it is a block of keys (set a key in it, such as network.name)"
                          .formatted(file),
                      "Cannot use data.path.x = 1 from %s:8: data.path holds one value (set data.path)"
                          .formatted(file),
                      "Cannot use --set training.local-steps: it has no key and '=' (give --set key=value)",
                      "Cannot go on without output.path: it was not given (add --output URI)",
                      "Cannot use training.replicas = none from %s:4: it is not a whole number (give a whole number, 1 to 4096)"
                          .formatted(file),
                      "Cannot use training.batch-size = [1,2] from %s:5: it is not a single value (give a whole number, 1 to 65536)"
                          .formatted(file),
                      "Cannot use training.epochs = 1.5 from --epochs: it is not a whole number (give a whole number, 1 to 100000)",
                      "Cannot use engine.device = gpus from --set: it is not one of the choices, did you mean gpu? (give one of auto, cpu, gpu)",
                      "Cannot use prediction.top-k = 0 from --set: it is too small (give a whole number, 1 to 1000)");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "training.epochs, 0, it is too small",
    "training.epochs, 100001, it is too large",
    "training.epochs, 99999999999999999999, it is too large",
    "training.epochs, 0x10, it is not a whole number",
    "training.epochs, '', it is not a whole number",
    "training.seed, -1, it is too small",
    "optimizer.adam.epsilon, 0, it is too small",
    "optimizer.sgd.momentum, 1, it is too large",
    "training.label-smoothing, 1, it is too large",
    "training.label-smoothing, -0.1, it is too small",
    "training.dropout-share, 1.1, it is too large",
    "training.dropout-share, -0.1, it is too small",
    "optimizer.sgd.learning-rate, NaN, it is not a number",
    "prediction.max-unreadable-share, 1.01, it is too large",
    "training.resume, yes, it is neither true nor false",
    "prediction.format, PARQUET, it is not one of the choices",
    "augmentation.crop-padding, 65, it is too large",
    "augmentation.cutout, 16, it is too large",
    "augmentation.cutout, -1, it is too small",
    "evaluation.test-time-flip, mean, it is neither true nor false",
  })
  void load_valueOutsideItsRule_isRefusedWithTheReason(String key, String value, String reason) {
    assertMessage(ConfigSources.of(key + "=" + value))
        .startsWith("Cannot use %s = ".formatted(key))
        .contains(" from --set: " + reason)
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void load_flipAsAFlag_isRefusedWithTheChoices(String value) {
    assertMessage(ConfigSources.of("augmentation.flip=" + value))
        .isEqualTo(
            "Cannot use augmentation.flip = %s from --set: it is not one of the choices (give one of none, random, alternating)"
                .formatted(value));
  }

  @Test
  void load_augmentation_takesEachFlip() {
    for (Augmentation.Flip flip : Augmentation.Flip.values()) {
      assertThat(
              ConvoyConfig.load(
                      ConfigSources.of(
                          "augmentation.flip=" + flip.name().toLowerCase(Locale.ROOT),
                          "augmentation.cutout=0.5"))
                  .augmentation())
          .isEqualTo(new Augmentation(flip, 4, new ResizedCrop(1, 1.3333), ColourJitter.NONE, 0.5));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "training.epochs, 1e2, 100",
    "training.epochs, 100000, 100000",
    "training.epochs, 1.0, 1",
  })
  void load_wholeNumberHoweverWritten_isRead(String key, String value, int expected) {
    assertThat(ConvoyConfig.load(ConfigSources.of(key + "=" + value)).training().epochs())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "resnet-21, 'the depth must be 6n+2 from 8 to 1202, or 18, 34, 50, 101 or 152'",
    "vgg-12, 'the depth must be 11, 13, 16 or 19'",
    "alexnet, 'there are resnet-N'",
  })
  void load_unknownNetwork_isRefusedWithTheRule(String name, String rule) {
    assertMessage(ConfigSources.of("network.name=" + name))
        .startsWith("Cannot use network.name = %s from --set: %s".formatted(name, rule))
        .endsWith(" (give the name of a network)")
        .doesNotContain(") (");
  }

  @Test
  void load_missingFile_isReportedByItsName() {
    String missing = directory.resolve("none.conf").toString();

    assertMessage(fromFile(missing))
        .isEqualTo(
            "Cannot read the configuration file %s: there is no such file (give a local path)"
                .formatted(missing));
  }

  @Test
  void load_fileThatIsNotHocon_isReportedWithItsLine() throws IOException {
    String file = file("convoy {\n training { epochs = }\n");

    assertMessage(fromFile(file))
        .startsWith("Cannot read the configuration file " + file + ": " + file + ": 2: ")
        .doesNotContain("\n");
  }

  @Test
  void load_fileUri_isRead() throws IOException {
    Path path = Path.of(file("convoy.training.epochs = 5"));

    assertThat(ConvoyConfig.load(fromFile(path.toUri().toString())).training().epochs())
        .isEqualTo(5);
  }

  @Test
  void toHocon_givenBackAsAFile_isTheSameConfiguration() throws IOException {
    ConfigSources sources =
        ConfigSources.of(
            "data.path=hdfs://host:9000/with \"quotes\" and \\ and Ünïcode # no comment",
            "optimizer.adam.epsilon=1e-7",
            "training.seed=9007199254740991",
            "training.resume=true",
            "averaging.master=dl4j-spark");
    Settings settings = Settings.of(sources);
    ConvoyConfig config = settings.toConfig(Map.of());
    assertThat(config.training()).isNotEqualTo(ConvoyConfig.load(ConfigSources.of()).training());

    assertThat(ConvoyConfig.load(fromFile(file(settings.toHocon()))))
        .usingRecursiveComparison()
        .ignoringFields("sources")
        .isEqualTo(config);
  }

  @Test
  void toHocon_namesTheOriginOfEachValue() throws IOException {
    String file = file("\n\nconvoy.training.epochs = 3");
    Settings settings =
        Settings.of(
            new ConfigSources(
                Optional.of(file),
                List.of("training.replicas=4"),
                List.of(new OptionValue("--seed", "training.seed", "5"))));

    assertThat(settings.toHocon().lines())
        .contains(
            "  training.epochs = 3  # " + file + ":3",
            "  training.replicas = 4  # --set",
            "  training.seed = 5  # --seed",
            "  network.name = \"resnet-20\"  # default");
  }

  private String file(String hocon) throws IOException {
    return Files.writeString(directory.resolve("my.conf"), hocon).toString();
  }

  private static ConfigSources fromFile(String file) {
    return new ConfigSources(Optional.of(file), List.of(), List.of());
  }

  private static AbstractStringAssert<?> assertMessage(ConfigSources sources) {
    UserException e = catchThrowableOfType(UserException.class, () -> ConvoyConfig.load(sources));
    assertThat(e).as("an error").isNotNull();
    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
    return assertThat(e.getMessage());
  }
}
