package convoy.driver.device;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.worker.engine.catalog.Engines;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/** The GPU that Spark has assigned to the task of this thread. */
public final class TaskDevice {
  /** Spark's name of the resource, as in {@code spark.task.resource.gpu.amount}. */
  static final String GPU = "gpu";

  private TaskDevice() {}

  /**
   * Makes the task compute on the GPU that Spark assigned to it; does nothing where Spark assigned
   * none. Call it first thing in a task, before any array is made.
   */
  public static void pin() {
    assigned(TaskContext.get().resourcesJMap()).ifPresent(Engines::pin);
  }

  /**
   * The address of the first GPU among a task's resources.
   *
   * @throws UserException if it is no number, as CUDA counts devices
   */
  static Optional<Integer> assigned(Map<String, ResourceInformation> resources) {
    return Optional.ofNullable(resources.get(GPU)).map(gpu -> number(gpu.addresses()[0]));
  }

  private static int number(String address) {
    try {
      return Integer.parseInt(address);
    } catch (NumberFormatException e) {
      throw new UserException(
          ExitCode.USAGE,
          "Cannot compute on the GPU \"%s\": its address is not a number (the discovery script must print device numbers, as scripts/gpu-discovery does)"
              .formatted(address),
          e);
    }
  }
}
