package convoy.bench;

import convoy.bench.worker.ConvoyWorker;
import convoy.bench.worker.Mode;
import convoy.bench.worker.StockDl4jWorker;
import convoy.bench.worker.Workload;
import convoy.worker.engine.catalog.Engines;
import convoy.worker.image.synthesis.SyntheticImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The engines there are to measure, and how each is started. */
final class EngineLaunch {
  /** DL4J without Convoy. */
  static final String STOCK_DL4J = "stock-dl4j";

  private static final String PYTORCH_PREFIX = "pytorch-";
  private static final List<String> PYTORCH = List.of("pytorch-nchw", "pytorch-nhwc");
  private static final String PYTORCH_MAIN = "convoy.bench.pytorch.PyTorchWorker";

  /** What a Java process outside Spark gets; PyTorch's arrays need no more of JavaCPP. */
  private static final List<String> HEAP = List.of("-Xmx2g");

  /** What an executor gets (conf/spark-defaults.conf). */
  private static final List<String> EXECUTOR =
      List.of(
          "-Xmx2g",
          "-Dorg.bytedeco.javacpp.maxbytes=3g",
          "-Dorg.bytedeco.javacpp.maxphysicalbytes=4608m");

  /**
   * What Convoy's engines get for images larger than an executor is set up for: the parameters of
   * vgg-19 and the state of their optimizer are 2.3 GB, and twice that while the network is opened.
   */
  private static final List<String> LARGE =
      List.of(
          "-Xmx4g",
          "-Dorg.bytedeco.javacpp.maxbytes=10g",
          "-Dorg.bytedeco.javacpp.maxphysicalbytes=14g");

  /** Without its helpers DL4J unfolds the images of a convolution, which takes memory. */
  private static final List<String> STOCK =
      List.of(
          "-Xmx2g",
          "-Dorg.bytedeco.javacpp.maxbytes=8g",
          "-Dorg.bytedeco.javacpp.maxphysicalbytes=10g",
          "-Dorg.bytedeco.javacpp.platform.extension=-onednn");

  private final Path home;

  /** Starts what is built in the checkout at {@code home}. */
  EngineLaunch(Path home) {
    this.home = home;
  }

  static boolean isPyTorch(String engine) {
    return engine.startsWith(PYTORCH_PREFIX);
  }

  /**
   * Checks an engine's name.
   *
   * @throws IllegalArgumentException with the names there are, if it is none of them
   */
  static void requireKnown(String engine) {
    if (engine.equals(STOCK_DL4J) || PYTORCH.contains(engine) || SparkTraining.isOne(engine)) {
      return;
    }
    try {
      Engines.named(engine);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s; beside Convoy's own there are %s, %s, and with --end-to-end %s"
              .formatted(
                  e.getMessage(),
                  STOCK_DL4J,
                  String.join(", ", PYTORCH),
                  String.join(", ", SparkTraining.ENGINES)),
          e);
    }
  }

  /**
   * A contestant that does {@code workload}. Convoy uses several threads as several replicas of one
   * thread each, as it does on a cluster; others use one process.
   */
  Contestant contestant(Workload workload) throws IOException {
    String own = System.getProperty("java.class.path");
    String engine = workload.engine();
    if (isPyTorch(engine)) {
      Path module = home.resolve("src/bench/pytorch/target");
      String classPath =
          module.resolve("classes") + ":" + Files.readString(module.resolve("classpath"));
      return new WorkerTeam(workload, command(HEAP, classPath, PYTORCH_MAIN, workload), 1);
    }
    if (engine.equals(STOCK_DL4J)) {
      String main = StockDl4jWorker.class.getName();
      return new WorkerTeam(workload, command(STOCK, own, main, workload), 1);
    }
    String main = ConvoyWorker.class.getName();
    List<String> options = workload.pixels() > SyntheticImages.SHAPE.width() ? LARGE : EXECUTOR;
    return new WorkerTeam(workload, command(options, own, main, workload), workload.threads());
  }

  /** A contestant that trains on {@code data} through Spark with two executors. */
  Contestant training(Workload workload, String data) {
    return new SparkTraining(home, workload, data);
  }

  /** Its mode in a run from end to end: what is not Spark is measured by its bare steps. */
  static Mode endToEndMode(String engine) {
    return SparkTraining.isOne(engine) ? Mode.END_TO_END : Mode.TRAIN;
  }

  private static List<String> command(
      List<String> options, String classPath, String main, Workload workload) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(workload.arguments());
    return command;
  }
}
