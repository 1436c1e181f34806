package convoy.driver.cli;

import convoy.driver.config.ConvoyConfig;
import convoy.driver.config.ReferenceConfig;
import convoy.driver.config.Settings;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.provenance.Versions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses a command line, checks its configuration, and runs its command. */
public final class ConvoyCommandLine {
  private static final int HELP_COLUMNS = 100;

  private final CommandLine parser;
  private final PrintWriter out;

  /**
   * A command line of commands {@code convoy NAME} and {@code convoy data NAME}.
   *
   * @param out for help, settings and what commands print
   */
  public ConvoyCommandLine(
      List<ConvoyCommand> commands, List<ConvoyCommand> dataCommands, PrintWriter out) {
    ReferenceConfig reference = ReferenceConfig.load();
    CommandSpec root = group("convoy", "Trains image classifiers on a Spark cluster.");
    commands.forEach(
        command -> root.addSubcommand(command.name(), CommandSpecs.of(command, reference)));
    CommandSpec data = group("data", "Makes and converts image sets.");
    dataCommands.forEach(
        command -> data.addSubcommand(command.name(), CommandSpecs.of(command, reference)));
    root.addSubcommand("data", data);
    this.parser =
        new CommandLine(root).setExpandAtFiles(false).setUsageHelpWidth(HELP_COLUMNS).setOut(out);
    this.out = out;
  }

  /**
   * Runs to the end of the command.
   *
   * @throws UserException if the command line, the configuration or the command's input is wrong
   * @throws IOException if a file system failed
   */
  public void run(String... arguments) throws IOException {
    ParseResult parsed = parse(arguments);
    if (CommandLine.executeHelpRequest(parsed) != null) {
      return;
    }
    while (parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    if (!(parsed.commandSpec().userObject() instanceof ConvoyCommand command)) {
      throw usageError("no command was given", help(parsed.commandSpec()), parsed.commandSpec());
    }
    Settings settings = Settings.of(CommandSpecs.sources(command, parsed));
    if (parsed.hasMatchedOption(CommandSpecs.PRINT_CONFIG)) {
      settings.toConfig(Map.of());
      out.print(settings.toHocon());
    } else {
      ConvoyConfig config = settings.toConfig(CommandSpecs.required(command));
      command.run(config, out);
    }
    out.flush();
  }

  private ParseResult parse(String... arguments) {
    try {
      return parser.parseArgs(arguments);
    } catch (ParameterException e) {
      CommandSpec command = e.getCommandLine().getCommandSpec();
      List<String> meant =
          e instanceof UnmatchedArgumentException unmatched
              ? unmatched.getSuggestions()
              : List.of();
      throw usageError(
          e.getMessage(),
          meant.isEmpty() ? help(command) : "did you mean " + String.join(" or ", meant) + "?",
          command);
    }
  }

  private static String help(CommandSpec command) {
    return command.subcommands().isEmpty()
        ? "see " + command.qualifiedName() + " --help"
        : "give one of " + String.join(", ", command.subcommands().keySet());
  }

  private static UserException usageError(String reason, String remedy, CommandSpec command) {
    return new UserException(
        ExitCode.USAGE,
        "Cannot read the command line of %s: %s (%s)"
            .formatted(command.qualifiedName(), reason.replaceAll("\\s+", " "), remedy));
  }

  private static CommandSpec group(String name, String purpose) {
    CommandSpec spec = CommandSpec.create().name(name).mixinStandardHelpOptions(true);
    spec.usageMessage().description(purpose);
    return spec.versionProvider(Versions::lines);
  }
}
