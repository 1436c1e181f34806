package convoy.driver;

import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the executors. Spark starts a job as soon as the first has come, caches all partitions
 * there, and lets the others idle until the next shuffle.
 */
public final class ExecutorSlots {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutorSlots.class);
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long POLL_MILLIS = 100;

  private ExecutorSlots() {}

  /** Waits until that many executors are there, as far as the cluster was told to have them. */
  public static void await(JavaSparkContext spark, int tasks) {
    int cores = spark.getConf().getInt("spark.executor.cores", 1);
    int wanted =
        Math.min(expectedExecutors(spark.getConf(), spark.master()), (tasks + cores - 1) / cores);
    long deadline = System.nanoTime() + LONGEST_WAIT_NANOS;
    while (executors(spark) < wanted) {
      if (System.nanoTime() > deadline) {
        LOG.warn(
            "Going on with {} of {} executors; the others have not come in 30 s",
            executors(spark),
            wanted);
        return;
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  static int expectedExecutors(SparkConf conf, String master) {
    if (master.equals("local") || master.startsWith("local[")) {
      return 0;
    }
    if (master.startsWith("local-cluster[")) {
      return Integer.parseInt(
          master.substring("local-cluster[".length(), master.indexOf(',')).strip());
    }
    int instances = conf.getInt("spark.executor.instances", 0);
    if (instances > 0) {
      return instances;
    }
    // Without a number of cores a standalone worker gives one executor all it has.
    int cores = conf.getInt("spark.executor.cores", 0);
    return cores == 0 ? 1 : conf.getInt("spark.cores.max", 0) / cores;
  }

  private static int executors(JavaSparkContext spark) {
    // The driver is among them.
    return spark.sc().statusTracker().getExecutorInfos().length - 1;
  }
}
