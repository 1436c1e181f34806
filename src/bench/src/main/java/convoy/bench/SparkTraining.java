package convoy.bench;

import convoy.bench.worker.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A contestant that trains for one epoch as a user would, {@code scripts/convoy train} with two
 * executors of one core each, and reads its rounds' speed from what the training wrote.
 */
final class SparkTraining implements Contestant {
  private static final String CONVOY = "convoy-spark";
  private static final String DL4J_SPARK = "dl4j-spark";

  /** Convoy's own averaging, and that of the library dl4j-spark. */
  static final List<String> ENGINES = List.of(CONVOY, DL4J_SPARK);

  /** Replicas, executors and cores. */
  static final int REPLICAS = 2;

  private static final int LOCAL_STEPS = 16;

  /** The main class of an executor's process. */
  private static final String EXECUTOR_MAIN = "CoarseGrainedExecutorBackend";

  private final Path home;
  private final Workload workload;
  private final String data;
  private Process process;
  private long peakMebibytes;

  /**
   * A training run.
   *
   * @param home the checkout, its application packaged
   * @param data the image set, a path or a Hadoop URI
   */
  SparkTraining(Path home, Workload workload, String data) {
    this.home = home;
    this.workload = workload;
    this.data = data;
  }

  static boolean isOne(String engine) {
    return ENGINES.contains(engine);
  }

  @Override
  public Workload workload() {
    return workload;
  }

  @Override
  public Opened open() {
    return new Opened(
        "Convoy through Spark, averaging.master = %s, H = %d".formatted(master(), LOCAL_STEPS), 0);
  }

  @Override
  public double repeat() throws ContestantException {
    try {
      Path output = Files.createTempDirectory("convoy-bench");
      try {
        train(output);
        return RoundLog.imagesPerSecond(Files.readAllLines(output.resolve("run/metrics.jsonl")));
      } finally {
        delete(output);
      }
    } catch (IOException e) {
      throw new ContestantException("Cannot train: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ContestantException("interrupted", e);
    }
  }

  private void train(Path output) throws IOException, InterruptedException, ContestantException {
    Path log = output.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(command(output.resolve("run")))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("OMP_NUM_THREADS", "1");
    process = builder.start();
    while (!process.waitFor(1, TimeUnit.SECONDS)) {
      peakMebibytes = Math.max(peakMebibytes, largestExecutor());
    }
    int exitCode = process.exitValue();
    if (exitCode != 0) {
      List<String> lines = Files.readAllLines(log);
      String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1).strip();
      throw new ContestantException("exit code %d: %s".formatted(exitCode, last));
    }
  }

  private long largestExecutor() {
    return process
        .descendants()
        .filter(child -> child.info().commandLine().orElse("").contains(EXECUTOR_MAIN))
        .mapToLong(child -> ResidentMemory.peakMebibytes(child.pid()))
        .max()
        .orElse(0);
  }

  private List<String> command(Path output) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("scripts/convoy").toString());
    command.addAll(List.of("--master", "local-cluster[%d,1,16384]".formatted(REPLICAS)));
    command.addAll(List.of("train", "--data", data, "--output", output.toString()));
    command.addAll(List.of("--network", workload.network(), "--epochs", "1"));
    command.addAll(List.of("--replicas", Integer.toString(REPLICAS)));
    command.addAll(List.of("--batch-size", Integer.toString(workload.batchSize())));
    command.addAll(List.of("--local-steps", Integer.toString(LOCAL_STEPS)));
    command.addAll(List.of("--set", "averaging.master=" + master()));
    return command;
  }

  private String master() {
    return workload.engine().equals(DL4J_SPARK) ? "dl4j-spark" : "convoy";
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> below = Files.walk(directory)) {
      for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Override
  public boolean isSpent() {
    return false;
  }

  @Override
  public long peakMebibytes() {
    return peakMebibytes;
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroy();
    }
  }
}
