package convoy.driver.device;

import convoy.driver.config.AveragingMaster;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.config.EngineConfig;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.worker.engine.Engines;
import convoy.worker.network.NetworkSpec;
import java.util.List;
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
   * The name of the engine to train {@code network} with: dl4j-spark's master knows only DL4J's.
   *
   * @throws UserException if the one asked for cannot do it
   */
  public static String ofTraining(ConvoyConfig config, NetworkSpec network, SparkConf conf) {
    EngineConfig engine = config.engine();
    if (config.averaging().master() == AveragingMaster.CONVOY) {
      return of(engine, network, conf);
    }
    String reference = Engines.reference().name();
    if (!List.of(AUTO, reference).contains(engine.name())) {
      throw unfit(engine, "averaging.master is dl4j-spark, which trains with DL4J's own");
    }
    return reference;
  }

  /**
   * The name of the engine for {@code network}.
   *
   * @throws UserException if the one asked for cannot run the network, or not where it is to run
   */
  public static String of(EngineConfig engine, NetworkSpec network, SparkConf conf) {
    boolean gpu = DeviceCheck.wantsGpu(engine.device(), conf);
    if (engine.name().equals(AUTO)) {
      return gpu
          ? Engines.reference().name()
          : fastestUnless(Engines.obstacleToFastest(network), network);
    }
    if (engine.name().equals(Engines.fastest().name())) {
      if (engine.device().equals("gpu")) {
        throw unfit(engine, "it computes on processors, and engine.device is gpu");
      }
      Engines.obstacleToFastest(network)
          .ifPresent(
              obstacle -> {
                throw new UserException(ExitCode.USAGE, obstacle);
              });
    }
    return engine.name();
  }

  /** The fastest engine, or the reference if there is an obstacle, which is then said once. */
  static String fastestUnless(Optional<String> obstacle, NetworkSpec network) {
    if (obstacle.isEmpty()) {
      return Engines.fastest().name();
    }
    String reference = Engines.reference().name();
    LOG.warn("Running {} on the engine {}: {}", network.name(), reference, obstacle.get());
    return reference;
  }

  private static UserException unfit(EngineConfig engine, String reason) {
    return new UserException(
        ExitCode.USAGE,
        "Cannot use the engine %s: %s (set engine.name = auto)".formatted(engine.name(), reason));
  }
}
