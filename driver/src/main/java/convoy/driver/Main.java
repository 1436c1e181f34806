package convoy.driver;

import static java.nio.charset.StandardCharsets.UTF_8;

import convoy.driver.cli.ConvoyCommandLine;
import convoy.driver.cli.EvaluateCommand;
import convoy.driver.cli.ExportCommand;
import convoy.driver.cli.FailureReport;
import convoy.driver.cli.ImportCommand;
import convoy.driver.cli.PredictCommand;
import convoy.driver.cli.ProfileCommand;
import convoy.driver.cli.ReportCommand;
import convoy.driver.cli.SweepCommand;
import convoy.driver.cli.SynthesizeCommand;
import convoy.driver.cli.TrainCommand;
import convoy.driver.failure.ExitCode;
import java.io.PrintWriter;
import java.util.List;

/** Convoy's entry point, and the one place that ends the process. */
public final class Main {
  private Main() {}

  /** Runs a command, then ends the process with its {@link ExitCode}. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, UTF_8);
    ExitCode exitCode = run(out, err, arguments);
    // YARN's application master takes any call of exit for a failure, 0 included.
    if (exitCode != ExitCode.OK) {
      System.exit(exitCode.code());
    }
  }

  static ExitCode run(PrintWriter out, PrintWriter err, String... arguments) {
    try {
      new ConvoyCommandLine(
              List.of(
                  new TrainCommand(),
                  new SweepCommand(),
                  new EvaluateCommand(),
                  new PredictCommand(),
                  new ReportCommand(),
                  new ProfileCommand()),
              List.of(new ImportCommand(), new SynthesizeCommand(), new ExportCommand()),
              out)
          .run(arguments);
      return ExitCode.OK;
    } catch (Throwable failure) {
      return FailureReport.print(failure, err);
    }
  }
}
