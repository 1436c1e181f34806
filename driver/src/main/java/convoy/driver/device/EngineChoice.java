package convoy.driver.device;

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
   * The name of DL4J's own engine, where no other can be used.
   *
   * @param reason why, for who has asked for another
   * @throws UserException if another one is asked for
   */
  public static String reference(EngineSpec engine, String reason) {
    String reference = Engines.reference().name();
    if (!List.of(EngineSpec.AUTO, reference).contains(engine.name())) {
      throw unfit(engine, reason);
    }
    return reference;
  }

  /**
   * The name of the engine for {@code network}.
   *
   * @throws UserException if the one asked for cannot run the network, or not where it is to run
   */
  public static String of(EngineSpec engine, NetworkSpec network, SparkConf conf) {
    Device device = DeviceCheck.wantsGpu(engine.device(), conf) ? Device.GPU : Device.PROCESSOR;
    if (engine.name().equals(EngineSpec.AUTO)) {
      return first(Engines.on(device), network);
    }
    Engine named = Engines.named(engine.name());
    if (engine.device().equals("gpu") && !named.devices().contains(Device.GPU)) {
      throw unfit(engine, "it computes on processors, and engine.device is gpu");
    }
    named
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

  private static UserException unfit(EngineSpec engine, String reason) {
    return new UserException(
        ExitCode.USAGE,
        "Cannot use the engine %s: %s (set engine.name = auto)".formatted(engine.name(), reason));
  }
}
