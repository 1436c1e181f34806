package convoy.driver.cli;

import convoy.driver.config.ConvoyConfig;
import convoy.driver.config.TrainingRuns;
import convoy.driver.data.CifarDirectory;
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
    return List.of(KeyOption.NETWORK, KeyOption.BATCH_SIZE);
  }

  @Override
  public void run(ConvoyConfig config, PrintWriter out) {
    ReplicaSpec replica = TrainingRuns.spec(config).replica();
    TrainingSpec training =
        replica.training(
            new NetworkSpec(
                config.network().name(),
                CifarDirectory.LAYOUT.shape(),
                CifarDirectory.LAYOUT.classes()),
            // What an image counts does not show in the time of a step.
            Collections.nCopies(CifarDirectory.LAYOUT.classes(), 1L));
    Engine fastest = Engines.on(Device.PROCESSOR).get(0);
    fastest.obstacle(training.network()).ifPresent(obstacle -> refuse(training, obstacle));
    fastest
        .profile(training, replica.batchSize(), REPETITIONS)
        .ifPresentOrElse(
            profile ->
                out.print(
                    ProfileReport.of(training.network().name(), replica.batchSize(), profile)),
            () -> refuse(training, "the engine %s shows no parts".formatted(fastest.name())));
  }

  private static void refuse(TrainingSpec training, String obstacle) {
    throw new UserException(
        ExitCode.USAGE, "Cannot profile %s: %s".formatted(training.network().name(), obstacle));
  }
}
