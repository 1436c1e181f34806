package convoy.driver.cli;

import convoy.driver.config.ConfigSources;
import convoy.driver.config.ConfigSources.OptionValue;
import convoy.driver.config.ReferenceConfig;
import convoy.driver.provenance.Versions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Turns a {@link ConvoyCommand} into what the parser knows, and what was parsed into sources. */
final class CommandSpecs {
  static final String CONFIG = "--config";
  static final String SET = "--set";
  static final String PRINT_CONFIG = "--print-config";

  private CommandSpecs() {}

  /** The specification of a command; the command itself is its user object. */
  static CommandSpec of(ConvoyCommand command, ReferenceConfig reference) {
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(command)
            .name(command.name())
            .versionProvider(Versions::lines)
            .mixinStandardHelpOptions(true);
    spec.usageMessage().description(command.purpose()).sortOptions(false).abbreviateSynopsis(true);
    command.options().forEach(option -> spec.addOption(option.toSpec(reference)));
    return spec.addOption(
            OptionSpec.builder(CONFIG)
                .type(String.class)
                .paramLabel("FILE")
                .description("Local HOCON file of settings, over the defaults.")
                .build())
        .addOption(
            OptionSpec.builder(SET)
                .type(String[].class)
                .arity("1")
                .paramLabel("KEY=VALUE")
                .description("One setting, over the file's; may be repeated.")
                .build())
        .addOption(
            OptionSpec.builder(PRINT_CONFIG)
                .type(boolean.class)
                .arity("0")
                .description("Print all settings and where each came from, and do nothing else.")
                .build());
  }

  /** What the user set. */
  static ConfigSources sources(ConvoyCommand command, ParseResult parsed) {
    Optional<String> file = Optional.ofNullable(parsed.matchedOptionValue(CONFIG, null));
    String[] assignments = parsed.matchedOptionValue(SET, new String[0]);
    List<OptionValue> options =
        command.options().stream()
            .filter(option -> parsed.hasMatchedOption(option.option()))
            .map(option -> new OptionValue(option.option(), option.key(), option.value(parsed)))
            .toList();
    return new ConfigSources(file, Arrays.asList(assignments), options);
  }

  /** The keys that the command requires, each with how to give it. */
  static Map<String, String> required(ConvoyCommand command) {
    return command.options().stream()
        .filter(KeyOption::isRequired)
        .collect(Collectors.toMap(KeyOption::key, KeyOption::usage));
  }
}
