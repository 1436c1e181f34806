package convoy.driver;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.driver.failure.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path directory;

  @Test
  void run_help_isOkAndListsEveryCommand() {
    assertThat(run("--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("train", "predict", "data");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void run_printConfig_isOkAndPrintsOnlyTheConfiguration() {
    assertThat(run("train", "--print-config")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).startsWith("convoy {").endsWith("}\n");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void run_mistakesInTheConfiguration_areUsageOneLineEach() {
    assertThat(run("train", "--epochs", "none", "--network", "resnet-21"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString().lines())
        .hasSize(4)
        .allMatch(line -> line.startsWith("convoy: Cannot "))
        .anyMatch(line -> line.endsWith("without data.path: it was not given (add --data URI)"))
        .anyMatch(line -> line.endsWith("without output.path: it was not given (add --output URI)"))
        .anyMatch(line -> line.contains("training.epochs = none from --epochs"))
        .anyMatch(line -> line.contains("network.name = resnet-21 from --network"));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void run_unknownOption_isUsage() {
    assertThat(run("train", "--replica", "2")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .startsWith("convoy: Cannot read the command line of convoy train: Unknown option")
        .contains("--replicas")
        .hasLineCount(1);
  }

  @Test
  void run_synthesizeThenExport_writesImageFilesInAFolderAClass() throws IOException {
    Path set = directory.resolve("set");
    Path files = directory.resolve("files");

    assertThat(
            run(
                "data",
                "synthesize",
                "--output=" + set.toUri(),
                "--training-images=30",
                "--test-images=20"))
        .isEqualTo(ExitCode.OK);
    assertThat(run("data", "export", "--data=" + set.toUri(), "--output=" + files.toUri()))
        .isEqualTo(ExitCode.OK);

    assertThat(out.toString())
        .contains("Drew a synthetic set: 30 training and 20 test images of 10 classes to file:")
        .contains("Exported 20 images of 10 classes to file:");
    try (Stream<Path> pngs = Files.walk(files)) {
      assertThat(pngs.filter(path -> path.toString().endsWith(".png"))).hasSize(20);
    }
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void run_inputThatIsNotThere_isInputAndOneLine() {
    Path missing = directory.resolve("missing.tar.gz");

    assertThat(run("data", "import", "--from=" + missing, "--output=" + directory.resolve("set")))
        .isEqualTo(ExitCode.INPUT);

    assertThat(err.toString())
        .startsWith("convoy: Cannot import " + missing)
        .contains("there is no such file")
        .hasLineCount(1);
  }

  private ExitCode run(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
