package convoy.driver.cli;

import convoy.driver.config.ConvoyConfig;
import convoy.driver.config.TrainingRuns;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.training.ReplicaSpec;
import convoy.worker.engine.Device;
import convoy.worker.engine.Engine;
import convoy.worker.engine.catalog.Engines;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingSpec;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.List;

/** {@code convoy profile}. It measures this process; no cluster takes part. */
public final class ProfileCommand implements ConvoyCommand {
  /** Steps measured; the figures are medians. */
  private static final int REPETITIONS = 9;

  @Override
  public String name() {
    return "profile";
  }

  @Override
  public String purpose() {
    return "Shows where the time of a training step goes, on this machine.";
  }

  @Override
  public List<KeyOption> options() {
    return List.of(
        KeyOption.NETWORK, KeyOption.BATCH_SIZE, KeyOption.PROFILE_SIZE, KeyOption.PROFILE_CLASSES);
  }

  @Override
  public void run(ConvoyConfig config, PrintWriter out) {
    ReplicaSpec replica = TrainingRuns.spec(config).replica();
    NetworkSpec network = network(config);
    // What an image counts does not show in the time of a step.
    TrainingSpec training = replica.training(network, Collections.nCopies(network.classes(), 1L));
    Engine fastest = Engines.on(Device.PROCESSOR).get(0);
    fastest.obstacle(training.network()).ifPresent(obstacle -> refuse(training, obstacle));
    fastest
        .profile(training, replica.batchSize(), REPETITIONS)
        .ifPresentOrElse(
            profile ->
                out.print(ProfileReport.of(training.network(), replica.batchSize(), profile)),
            () ->
                refuse(
                    training,
                    "the engine %s does not measure the parts of a step"
                        .formatted(fastest.name())));
  }

  private static NetworkSpec network(ConvoyConfig config) {
    try {
      return new NetworkSpec(
          config.network().name(), config.profile().inputShape(), config.profile().classes());
    } catch (IllegalArgumentException e) {
      throw new UserException(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  private static void refuse(TrainingSpec training, String obstacle) {
    throw new UserException(
        ExitCode.USAGE, "Cannot profile %s: %s".formatted(training.network().name(), obstacle));
  }
}
