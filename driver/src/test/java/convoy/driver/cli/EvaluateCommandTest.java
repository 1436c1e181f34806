package convoy.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before Spark starts. */
class EvaluateCommandTest {
  private final StringWriter out = new StringWriter();
  @TempDir Path directory;

  private void run(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("evaluate", "--model=file:/run/model", "--data=file:/data"));
    arguments.addAll(List.of(more));
    new ConvoyCommandLine(List.of(new EvaluateCommand()), List.of(), new PrintWriter(out))
        .run(arguments.toArray(new String[0]));
  }

  @Test
  void output_withoutDisturbances_isRefused() {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> run("--output", "file:/somewhere"))
        .withMessage(
            "Cannot write to file:/somewhere: evaluate has files to write for disturbances alone (add --disturb, or leave out --output)")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void output_thatExists_isRefused() {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> run("--disturb", "--output", directory.toUri().toString()))
        .withMessageContaining("it exists already (choose another place, or give --overwrite)")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }

  @Test
  void output_inAFile_isRefused() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> run("--disturb", "--output", "file:" + file + "/output"))
        .withMessageMatching(
            "Cannot (write the disturbances to|reach) file:.*/file/output: .* \\(.*\\)")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }

  @Test
  void help_saysWhatDisturbancesAre_andThatTheOutputIsTheirs() throws IOException {
    run("--help");

    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("--disturb Measure accuracy under disturbances too: rotation,")
        .contains(
            "--output=URI Directory for the tables, the curve and the pictures of --disturb,");
  }
}
