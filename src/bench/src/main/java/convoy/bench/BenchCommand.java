package convoy.bench;

import convoy.bench.worker.MeasuredNetwork;
import convoy.bench.worker.Mode;
import convoy.bench.worker.Workload;
import convoy.worker.image.synthesis.SyntheticImages;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: what to measure, and where the results go. */
@Command(
    name = "scripts/bench",
    description = {
      "Measures engines side by side on this machine and prints one table.",
      "",
      "Each engine runs in processes of its own; repetitions take turns. With two threads, Convoy's engines are two"
          + " processes of one thread each, as on a cluster; the others are one process with two.",
      "",
      "scripts/bench --jmh [PATTERN]... measures hot pieces of code instead, with JMH and its options.",
      "scripts/bench --train-pytorch trains ResNet-18 in PyTorch by a scenario file, for its accuracy; its own --help"
          + " says how.",
      ""
    },
    footer = {
      "",
      "Engines: those of Convoy (onednn, dl4j); stock-dl4j, DL4J without Convoy; pytorch-nchw and pytorch-nhwc. With"
          + " --end-to-end also convoy-spark and dl4j-spark, which train for one epoch through Spark.",
      "Measure on a machine that does nothing else, and compare by ratio."
    })
final class BenchCommand implements Callable<Integer> {
  private static final List<String> ENGINES =
      List.of("onednn", "dl4j", EngineLaunch.STOCK_DL4J, "pytorch-nchw", "pytorch-nhwc");
  private static final List<String> END_TO_END_ENGINES =
      List.of("convoy-spark", "dl4j-spark", "onednn", "pytorch-nchw", "pytorch-nhwc");

  @Spec private CommandSpec spec;

  @Option(
      names = "--engines",
      split = ",",
      paramLabel = "NAME",
      description =
          "Default: onednn,dl4j,stock-dl4j,pytorch-nchw,pytorch-nhwc; with --end-to-end:"
              + " convoy-spark,dl4j-spark,onednn,pytorch-nchw,pytorch-nhwc")
  private List<String> engines = List.of();

  @Option(
      names = "--networks",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "resnet-20,resnet-32,resnet-56,vgg-16",
      description = "Default: ${DEFAULT-VALUE}")
  private List<String> networks;

  @Option(
      names = "--pixels",
      paramLabel = "N",
      defaultValue = "32",
      description =
          "Rows and columns of the images: 32 for the networks with ten classes, 224 for those with a thousand, which"
              + " PyTorch's worker does not have. Default: ${DEFAULT-VALUE}")
  private int pixels;

  @Option(
      names = "--modes",
      split = ",",
      paramLabel = "MODE",
      defaultValue = "train,predict",
      description = "Default: ${DEFAULT-VALUE}")
  private List<String> modes;

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,2",
      description = "Default: ${DEFAULT-VALUE}")
  private List<Integer> threads;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "128",
      description = "Images of a step of a process. Default: ${DEFAULT-VALUE}")
  private int batchSize;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "Timed repetitions of each, 1.5 to 10 s long; the slowest have fewer. Default: ${DEFAULT-VALUE}")
  private int repetitions;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write the measurements to FILE, a JSON object per line.")
  private Path json;

  @Option(
      names = "--end-to-end",
      description =
          "Measure a training through Spark with two executors of one core each beside the bare training steps of the"
              + " others on two threads; --modes and --threads do not count.")
  private boolean endToEnd;

  @Option(
      names = "--data",
      paramLabel = "URI",
      description = "The image set that --end-to-end trains on.")
  private String data;

  private final EngineLaunch launch;

  BenchCommand(Path home) {
    this.launch = new EngineLaunch(home);
  }

  @Override
  public Integer call() throws IOException {
    List<List<Workload>> groups = groups();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter progress = spec.commandLine().getErr();
    String machine = Machine.describe();
    Interleaving interleaving = new Interleaving(repetitions, progress::println);
    List<List<Measurement>> measured = new ArrayList<>();
    for (List<Workload> group : groups) {
      measured.add(interleaving.run(contestants(group)));
    }
    List<Measurement> all = measured.stream().flatMap(List::stream).toList();
    out.printf(
        "%s; %s; images of %dx%d; batch size %d%n",
        LocalDate.now(ZoneOffset.UTC), machine, pixels, pixels, batchSize);
    all.stream()
        .filter(measurement -> !measurement.version().isEmpty())
        .map(measurement -> measurement.workload().engine() + ": " + measurement.version())
        .distinct()
        .forEach(out::println);
    out.println();
    out.print(MarkdownTable.of(measured));
    out.println();
    out.println(MarkdownTable.LEGEND);
    out.flush();
    if (json != null) {
      Files.writeString(json, JsonLines.of(all));
    }
    return all.stream().allMatch(measurement -> measurement.failure().isPresent()) ? 1 : 0;
  }

  /** What is measured side by side, group by group, checked before anything starts. */
  private List<List<Workload>> groups() {
    try {
      List<String> chosen = !engines.isEmpty() ? engines : endToEnd ? END_TO_END_ENGINES : ENGINES;
      chosen.forEach(EngineLaunch::requireKnown);
      networks.forEach(name -> MeasuredNetwork.of(name, pixels));
      requirePositive();
      List<List<Workload>> groups = new ArrayList<>();
      for (String network : networks) {
        groups.addAll(endToEnd ? List.of(endToEnd(chosen, network)) : bare(chosen, network));
      }
      return groups;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private List<Workload> endToEnd(List<String> chosen, String network) {
    if (pixels != SyntheticImages.SHAPE.width()) {
      throw new IllegalArgumentException(
          "Cannot train through Spark at %dx%d pixels: image sets have %s (leave --pixels out)"
              .formatted(pixels, pixels, SyntheticImages.SHAPE));
    }
    if (data == null) {
      throw new IllegalArgumentException(
          "Cannot train through Spark: no image set is given (use --data)");
    }
    return chosen.stream()
        .map(
            engine ->
                new Workload(
                    engine,
                    network,
                    pixels,
                    EngineLaunch.endToEndMode(engine),
                    SparkTraining.REPLICAS,
                    batchSize))
        .toList();
  }

  private List<List<Workload>> bare(List<String> chosen, String network) {
    List<List<Workload>> groups = new ArrayList<>();
    for (String mode : modes) {
      Mode what = Mode.named(mode);
      if (what == Mode.END_TO_END || chosen.stream().anyMatch(SparkTraining::isOne)) {
        throw new IllegalArgumentException(
            "Cannot measure a training run through Spark step by step (use --end-to-end)");
      }
      for (int count : threads) {
        groups.add(
            chosen.stream()
                .map(engine -> new Workload(engine, network, pixels, what, count, batchSize))
                .toList());
      }
    }
    return groups;
  }

  private void requirePositive() {
    if (batchSize < 1 || repetitions < 1 || threads.stream().anyMatch(n -> n < 1)) {
      throw new IllegalArgumentException(
          "Cannot measure with batch size %d, %d repetitions and threads %s: each must be 1 or more"
              .formatted(batchSize, repetitions, threads));
    }
  }

  private List<Contestant> contestants(List<Workload> group) throws IOException {
    List<Contestant> contestants = new ArrayList<>();
    for (Workload workload : group) {
      contestants.add(
          workload.mode() == Mode.END_TO_END
              ? launch.training(workload, data)
              : launch.contestant(workload));
    }
    return contestants;
  }
}
