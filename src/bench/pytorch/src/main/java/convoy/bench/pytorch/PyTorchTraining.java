package convoy.bench.pytorch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bytedeco.pytorch.global.torch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Trains ResNet-18 in PyTorch by a scenario of Convoy's on an image set of Convoy's, to hold the
 * accuracies of the two against each other.
 */
@Command(
    name = "scripts/bench --train-pytorch",
    description = {
      "Trains ResNet-18 in PyTorch by the settings of a scenario file and prints one JSON object per epoch."
    })
public final class PyTorchTraining implements Callable<Integer> {
  private static final int HELP_COLUMNS = 120;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec private CommandSpec spec;

  @Parameters(hidden = true, paramLabel = "HOME", description = "The folder of the checkout.")
  private Path home;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIRECTORY",
      description = "The image set, a directory on this machine with its image-set.json.")
  private Path data;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The scenario; what it does not say is as in Convoy's reference.conf.")
  private Path scenario;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting in place of the scenario's, such as training.epochs=2.")
  private Map<String, String> settings = Map.of();

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,2,3",
      description = "A training run for each. Default: ${DEFAULT-VALUE}")
  private List<Long> seeds;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "2",
      description = "Default: ${DEFAULT-VALUE}")
  private int threads;

  /** Exits with 0, or with 2 for a wrong command line or an unreadable image set. */
  public static void main(String[] arguments) {
    CommandLine commandLine = new CommandLine(new PyTorchTraining());
    commandLine
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("--help")
                .usageHelp(true)
                .description("Print this and end.")
                .build());
    commandLine
        .setUsageHelpWidth(HELP_COLUMNS)
        .setParameterExceptionHandler(
            (exception, options) -> {
              System.err.println("bench: " + exception.getMessage());
              return CommandLine.ExitCode.USAGE;
            });
    System.exit(commandLine.execute(arguments));
  }

  @Override
  public Integer call() {
    Recipe recipe;
    TrainingSet set;
    try {
      Path reference = home.resolve("driver/src/main/resources/reference.conf");
      recipe = Recipe.read(reference, scenario, settings);
      set = TrainingSet.read(data);
    } catch (IllegalArgumentException | IOException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    torch.set_num_threads(threads);
    for (long seed : seeds) {
      train(set, recipe, seed);
    }
    return CommandLine.ExitCode.OK;
  }

  private void train(TrainingSet set, Recipe recipe, long seed) {
    PrintWriter out = spec.commandLine().getOut();
    TrainingRun run = new TrainingRun(set, recipe, seed);
    for (int epoch = 1; epoch <= recipe.epochs(); epoch++) {
      out.println(line(run.next(epoch)));
      out.flush();
    }
  }

  private static String line(TrainingRun.Epoch epoch) {
    try {
      return JSON.writeValueAsString(epoch);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot write as JSON: " + epoch, e);
    }
  }
}
