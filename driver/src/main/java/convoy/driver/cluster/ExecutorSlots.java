package convoy.driver.cluster;

import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.collection.JavaConverters;

/**
 * Waits for the executors. Spark starts a job as soon as the first has come, caches all partitions
 * there, and lets the others idle until the next shuffle. How many will come depends on the kind of
 * cluster; so this waits until there are slots enough, or until nobody new has come for a while.
 */
public final class ExecutorSlots {

  /** From one executor to the next; each starts a JVM. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** For the first one; a queue may hold it longer, and then the first job waits for it. */
  private static final long PATIENCE_FOR_FIRST_NANOS = TimeUnit.SECONDS.toNanos(20);

  private static final long POLL_MILLIS = 100;

  private ExecutorSlots() {}

  /** Waits until that many tasks can run at once, within reason. */
  public static void await(JavaSparkContext spark, int tasks) {
    if (spark.sc().isLocal()) {
      return;
    }
    int cores = tasks * spark.getConf().getInt("spark.task.cpus", 1);
    int seen = 0;
    long lastCame = System.nanoTime();
    while (true) {
      int now = cores(spark);
      if (now >= cores) {
        return;
      }
      if (now > seen) {
        seen = now;
        lastCame = System.nanoTime();
      }
      long patience = seen == 0 ? PATIENCE_FOR_FIRST_NANOS : PATIENCE_NANOS;
      if (System.nanoTime() - lastCame > patience) {
        return;
      }
      if (!slept()) {
        return;
      }
    }
  }

  private static boolean slept() {
    try {
      Thread.sleep(POLL_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static int cores(JavaSparkContext spark) {
    return JavaConverters.seqAsJavaList(spark.sc().statusStore().executorList(true)).stream()
        .mapToInt(ExecutorSummary::totalCores)
        .sum();
  }
}
