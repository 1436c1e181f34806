package convoy.driver.device;

import convoy.driver.config.AveragingMaster;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.config.EngineConfig;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.worker.engine.Device;
import convoy.worker.engine.Engine;
import convoy.worker.engine.catalog.Engines;
import convoy.worker.network.NetworkSpec;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles before any long work which engine a job computes with: the fastest on its kind of device
 * that can run the network, unless one is asked for. What was chosen travels to the executors by
 * its name, so that all of them compute alike.
 */
public final class EngineChoice {
  private static final Logger LOG = LoggerFactory.getLogger(EngineChoice.class);

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
    if (!List.of(EngineConfig.AUTO, reference).contains(engine.name())) {
      throw unfit(engine, "averaging.master is dl4j-spark, which trains with DL4J's own");
    }
    return reference;
  }

  /**
   * The name of the engine for {@code network}.
   *
   * @throws UserException if the one asked for cannot run the network, or not where it is to run
   */
  public static String of(EngineConfig config, NetworkSpec network, SparkConf conf) {
    Device device = DeviceCheck.wantsGpu(config.device(), conf) ? Device.GPU : Device.PROCESSOR;
    if (config.name().equals(EngineConfig.AUTO)) {
      return first(Engines.on(device), network);
    }
    Engine engine = Engines.named(config.name());
    if (config.device().equals("gpu") && !engine.devices().contains(Device.GPU)) {
      throw unfit(config, "it computes on processors, and engine.device is gpu");
    }
    engine
        .obstacle(network)
        .ifPresent(
            obstacle -> {
              throw new UserException(ExitCode.USAGE, obstacle);
            });
    return engine.name();
  }

  /** The first that can run the network; why those before it cannot is said once. */
  static String first(List<Engine> engines, NetworkSpec network) {
    String refusal = "";
    for (Engine engine : engines) {
      Optional<String> obstacle = engine.obstacle(network);
      if (obstacle.isEmpty()) {
        if (!refusal.isEmpty()) {
          LOG.warn("Running {} on the engine {}: {}", network.name(), engine.name(), refusal);
        }
        return engine.name();
      }
      refusal = obstacle.get();
    }
    throw new UserException(ExitCode.USAGE, refusal);
  }

  private static UserException unfit(EngineConfig engine, String reason) {
    return new UserException(
        ExitCode.USAGE,
        "Cannot use the engine %s: %s (set engine.name = auto)".formatted(engine.name(), reason));
  }
}
