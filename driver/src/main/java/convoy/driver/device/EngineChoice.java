package convoy.driver.device;

import convoy.driver.ExitCode;
import convoy.driver.UserException;
import convoy.driver.config.AveragingMaster;
import convoy.driver.config.EngineConfig;
import convoy.worker.engine.Engines;
import convoy.worker.network.NetworkSpec;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles before any long work which engine a job computes with: on GPUs DL4J's own, through ND4J;
 * on the processor the fastest that can run the network. What was chosen travels to the executors
 * by its name, so that all of them compute alike.
 */
public final class EngineChoice {
  private static final Logger LOG = LoggerFactory.getLogger(EngineChoice.class);
  private static final String AUTO = "auto";

  private EngineChoice() {}

  /**
   * The name of the engine for {@code network}.
   *
   * @throws UserException if the one asked for cannot run the network, or not where it is to run
   */
  public static String of(EngineConfig engine, NetworkSpec network, SparkConf conf) {
    boolean gpu = DeviceCheck.wantsGpu(engine.device(), conf);
    String reference = Engines.reference().name();
    String fastest = Engines.fastest().name();
    if (engine.name().equals(AUTO)) {
      return gpu ? reference : fastestFor(network, fastest, reference);
    }
    if (engine.name().equals(fastest)) {
      if (gpu && engine.device().equals("gpu")) {
        throw unfit(engine, "it computes on processors, and engine.device is gpu");
      }
      Engines.obstacleToFastest(network)
          .ifPresent(
              obstacle -> {
                throw unfit(engine, obstacle);
              });
    }
    return engine.name();
  }

  /**
   * The name of the engine for a training, which is DL4J's own where the library dl4j-spark runs
   * the replicas.
   *
   * @throws UserException as {@link #of}, or if another engine is asked for beside dl4j-spark
   */
  public static String ofTraining(
      EngineConfig engine, AveragingMaster master, NetworkSpec network, SparkConf conf) {
    String chosen = of(engine, network, conf);
    String reference = Engines.reference().name();
    if (master != AveragingMaster.DL4J_SPARK || chosen.equals(reference)) {
      return chosen;
    }
    if (!engine.name().equals(AUTO)) {
      throw unfit(engine, "averaging.master = dl4j-spark trains with DL4J's own");
    }
    return reference;
  }

  private static String fastestFor(NetworkSpec network, String fastest, String reference) {
    Optional<String> obstacle = Engines.obstacleToFastest(network);
    obstacle.ifPresent(
        reason -> LOG.warn("Running {} on the engine {}: {}", network.name(), reference, reason));
    return obstacle.isPresent() ? reference : fastest;
  }

  private static UserException unfit(EngineConfig engine, String reason) {
    return new UserException(
        ExitCode.USAGE,
        "Cannot use the engine %s: %s (set engine.name = auto)".formatted(engine.name(), reason));
  }
}
