package convoy.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Where {@code scripts/bench} begins. */
public final class Main {
  private static final int HELP_COLUMNS = 120;

  private Main() {}

  /**
   * Measures, and exits with 0; with 1 if nothing could be measured, with 2 for a wrong command
   * line.
   *
   * @param arguments the folder of the checkout, then the options
   */
  public static void main(String[] arguments) {
    CommandLine commandLine = commandLine(Path.of(arguments[0]));
    String[] options = Arrays.copyOfRange(arguments, 1, arguments.length);
    System.exit(commandLine.execute(options));
  }

  /**
   * The command line over the checkout at {@code home}; what is wrong in it is told in one line.
   */
  static CommandLine commandLine(Path home) {
    CommandLine commandLine = new CommandLine(new BenchCommand(home));
    commandLine
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("--help")
                .usageHelp(true)
                .description("Print this and end.")
                .build());
    return commandLine
        .setUsageHelpWidth(HELP_COLUMNS)
        .setParameterExceptionHandler(
            (exception, options) -> {
              PrintWriter err = exception.getCommandLine().getErr();
              err.println("bench: " + exception.getMessage());
              err.flush();
              return CommandLine.ExitCode.USAGE;
            });
  }
}
