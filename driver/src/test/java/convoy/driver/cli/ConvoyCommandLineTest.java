package convoy.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import convoy.driver.config.ConfigSources;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConvoyCommandLineTest {
  private final Remember remember = new Remember();
  private final StringWriter out = new StringWriter();

  @TempDir Path directory;

  @Test
  void run_everyOption_setsItsKey() throws IOException {
    run(
        "remember",
        "--data",
        "hdfs://host:9000/in",
        "--output=file:/out",
        "--epochs",
        "3",
        "--resume");

    ConvoyConfig config = remember.only();
    assertThat(config.data().path()).isEqualTo("hdfs://host:9000/in");
    assertThat(config.output().path()).isEqualTo("file:/out");
    assertThat(config.training().epochs()).isEqualTo(3);
    assertThat(config.training().resume()).isTrue();
    assertThat(config.output().overwrite()).isFalse();
  }

  @Test
  void run_dataCommand_isFoundUnderData() throws IOException {
    run("data", "remember", "--data=a", "--output=b");

    assertThat(remember.only().data().path()).isEqualTo("a");
  }

  @Test
  void run_mistakesOfEveryKind_areReportedTogetherWithWhatIsMissing() {
    assertMistake("remember", "--epochs", "0", "--set", "training.sede=4", "--data", "in")
        .hasLineCount(3)
        .contains(
            "Cannot use training.epochs = 0 from --epochs: it is too small (give a whole number, 1 to 100000)")
        .contains(
            "Cannot use training.sede = 4 from --set: there is no such key (did you mean training.seed?)")
        .contains("Cannot go on without output.path: it was not given (add --output URI)");
    assertThat(remember.runs).isEmpty();
  }

  @Test
  void run_requiredKeyFromTheFile_needsNoOption() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("a.conf"), "convoy { data.path = in, output.path = out }");

    run("remember", "--config", file.toString());

    assertThat(remember.only().output().path()).isEqualTo("out");
  }

  @Test
  void run_printConfig_printsWhatCanBeReadBackAndRunsNothing() throws IOException {
    run("remember", "--epochs", "3", "--print-config", "--set", "optimizer.kind=sgd");

    assertThat(remember.runs).isEmpty();
    Path file = Files.writeString(directory.resolve("printed.conf"), out.toString());
    assertThat(
            ConvoyConfig.load(
                new ConfigSources(Optional.of(file.toString()), List.of(), List.of())))
        .usingRecursiveComparison()
        .ignoringFields("sources")
        .isEqualTo(ConvoyConfig.load(ConfigSources.of("training.epochs=3", "optimizer.kind=sgd")));
    assertThat(out.toString().lines()).contains("  training.epochs = 3  # --epochs");
  }

  @Test
  void run_help_takesEachOptionsWordsAndDefaultFromTheReference() throws IOException {
    run("remember", "--help");

    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("convoy remember", "Remembers its configuration.")
        .contains("--data=URI Directory of the image set, a Hadoop URI", "cifar-10. Required.")
        .contains(
            "--engine=NAME What runs the network on an executor. One of auto, onednn, dl4j. Default: auto")
        .contains(
            "--epochs=N Passes over all training images, whatever the number of replicas. Default: 30")
        .contains("--config=FILE", "--set=KEY=VALUE", "--print-config");
    assertThat(remember.runs).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "data --version", "remember --version"})
  void run_version_namesWhatABugReportShould(String arguments) throws IOException {
    run(arguments.split(" "));

    assertThat(out.toString().lines())
        .anyMatch(line -> line.startsWith("convoy "))
        .anyMatch(line -> line.matches("spark 3[.]5[.][0-9]+"))
        .anyMatch(line -> line.matches("dl4j 1[.]0[.]0-M2[.]1"))
        .anyMatch(line -> line.startsWith("java 17"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "remember --epoch=3 | convoy remember: Unknown option: '--epoch=3' | did you mean --epochs?",
        "rember | convoy: Unmatched argument at index 0: 'rember' | did you mean remember?",
        "remember --epochs | convoy remember: Missing required parameter for option '--epochs' (N) | see convoy remember --help",
        "remember --epochs 1 --epochs 2 | convoy remember: option '--epochs' (N) should be specified only once | see convoy remember --help",
        "xyz | convoy: Unmatched argument at index 0: 'xyz' | give one of remember, data",
        "data | convoy data: no command was given | give one of remember",
      })
  void run_commandLineThatCannotBeRead_isOneLineWithARemedy(
      String line, String reason, String remedy) {
    assertMistake(line.split(" "))
        .isEqualTo("Cannot read the command line of %s (%s)".formatted(reason, remedy));
  }

  @Test
  void run_nothing_listsTheCommands() {
    assertMistake()
        .isEqualTo(
            "Cannot read the command line of convoy: no command was given (give one of remember, data)");
  }

  private void run(String... arguments) throws IOException {
    new ConvoyCommandLine(List.of(remember), List.of(remember), new PrintWriter(out))
        .run(arguments);
  }

  private AbstractStringAssert<?> assertMistake(String... arguments) {
    UserException[] mistake = new UserException[1];
    assertThatThrownBy(() -> run(arguments))
        .asInstanceOf(type(UserException.class))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .satisfies(e -> mistake[0] = e);
    return assertThat(mistake[0].getMessage());
  }

  /** A command that keeps the configurations it was run with. */
  private static final class Remember implements ConvoyCommand {
    private final List<ConvoyConfig> runs = new ArrayList<>();

    ConvoyConfig only() {
      assertThat(runs).hasSize(1);
      return runs.get(0);
    }

    @Override
    public String name() {
      return "remember";
    }

    @Override
    public String purpose() {
      return "Remembers its configuration.";
    }

    @Override
    public List<KeyOption> options() {
      return List.of(
          KeyOption.DATA,
          KeyOption.OUTPUT,
          KeyOption.EPOCHS,
          KeyOption.ENGINE,
          KeyOption.RESUME,
          KeyOption.OVERWRITE);
    }

    @Override
    public void run(ConvoyConfig config, PrintWriter writer) {
      runs.add(config);
    }
  }
}
