package convoy.driver.cli;

import convoy.driver.config.ConvoyConfig;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.training.ReplicaTasks;
import convoy.worker.engine.Engines;
import convoy.worker.engine.onednn.StepProfile;
import java.io.PrintWriter;
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
    Engines.obstacleToFastest(ReplicaTasks.trainingSpec(config).network())
        .ifPresent(
            obstacle -> {
              throw new UserException(
                  ExitCode.USAGE,
                  "Cannot profile %s: %s".formatted(config.network().name(), obstacle));
            });
    StepProfile profile =
        StepProfile.measure(
            ReplicaTasks.trainingSpec(config), config.training().batchSize(), REPETITIONS);
    out.print(ProfileReport.of(config.network().name(), config.training().batchSize(), profile));
  }
}
