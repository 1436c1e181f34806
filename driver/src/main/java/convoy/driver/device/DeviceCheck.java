package convoy.driver.device;

import convoy.driver.cluster.SparkLabels;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import java.util.Collections;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles before any long work what a job computes on. {@code cpu} is the processor; {@code gpu} is
 * the GPU that Spark assigns to each task; {@code auto} is the latter where Spark is set up to
 * assign GPUs, and the processor elsewhere.
 */
public final class DeviceCheck {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceCheck.class);
  private static final String TASK_AMOUNT = "spark.task.resource.gpu.amount";

  private DeviceCheck() {}

  /**
   * Whether a job of that {@code engine.device} computes on GPUs.
   *
   * @throws UserException if it should, and Spark assigns none
   */
  public static boolean wantsGpu(String device, SparkConf conf) {
    boolean assigned = conf.contains(TASK_AMOUNT);
    if ("gpu".equals(device) && !assigned) {
      throw new UserException(
          ExitCode.USAGE,
          "Cannot compute on GPUs: engine.device is gpu, and Spark assigns none to the tasks (set spark.executor.resource.gpu.amount, %s and a discovery script, see operations.md; or engine.device = cpu)"
              .formatted(TASK_AMOUNT));
    }
    return assigned && !"cpu".equals(device);
  }

  /**
   * Runs a task for each slot that the job will use, and lets it look at its device.
   *
   * @param tasks how many
   * @throws UserException if the job computes on GPUs and one of them cannot be used
   */
  public static void require(JavaSparkContext spark, String device, int tasks) {
    if (!wantsGpu(device, spark.getConf())) {
      return;
    }
    SparkLabels.describe(spark, "look at the GPUs of %d tasks".formatted(tasks));
    List<DeviceReport> reports =
        spark
            .parallelize(Collections.nCopies(tasks, 0), tasks)
            .map(ignored -> DeviceReport.ofThisTask())
            .collect();
    reports.stream()
        .map(DeviceReport::obstacle)
        .filter(obstacle -> !obstacle.isEmpty())
        .findFirst()
        .ifPresent(
            obstacle -> {
              throw new UserException(
                  ExitCode.USAGE,
                  "Cannot compute on GPUs: %s (or set engine.device = cpu)".formatted(obstacle));
            });
    LOG.info("Computing on {}", reports);
  }
}
