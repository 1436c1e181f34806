package convoy.driver.device;

import convoy.driver.cluster.SparkLabels;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.status.api.v1.ExecutorSummary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;
import scala.collection.JavaConverters;

/**
 * Warns of more threads than a machine has cores. OpenMP's teams then wait for threads that do not
 * run, and an operation can take ten times as long.
 */
public final class ProcessorCheck {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessorCheck.class);
  private static final String TEAM = "OMP_NUM_THREADS";

  private ProcessorCheck() {}

  /**
   * Looks at the machines of the executors that are there.
   *
   * @param threads of one replica's native operations
   */
  public static void warn(JavaSparkContext spark, int threads) {
    if (spark.sc().isLocal()) {
      Optional<String> warning = localWarning(threads, System.getenv(TEAM));
      warning.ifPresent(LOG::warn);
      if (warning.isPresent()) {
        // The setting is not in force: no use in holding it against the cores.
        return;
      }
    }
    int cpusPerTask = spark.getConf().getInt("spark.task.cpus", 1);
    Map<String, Integer> slots = new TreeMap<>();
    for (ExecutorSummary executor :
        JavaConverters.seqAsJavaList(spark.sc().statusStore().executorList(true))) {
      String host = executor.hostPort().replaceFirst(":[0-9]+$", "");
      slots.merge(host, executor.totalCores() / cpusPerTask, Integer::sum);
    }
    int tasks = Math.max(1, slots.values().stream().mapToInt(Integer::intValue).sum());
    SparkLabels.describe(spark, "count the cores of the executors' machines");
    Map<String, Integer> cores =
        spark
            .parallelize(Collections.nCopies(tasks, 0), tasks)
            .mapToPair(ignored -> new Tuple2<>(host(), Runtime.getRuntime().availableProcessors()))
            .collectAsMap();
    slots.forEach(
        (host, count) ->
            warning(host, count, threads, cores.getOrDefault(host, Integer.MAX_VALUE))
                .ifPresent(LOG::warn));
  }

  private static String host() {
    return SparkEnv.get().blockManager().blockManagerId().host();
  }

  /** What to say of a machine; nothing if its cores suffice. */
  static Optional<String> warning(String host, int slots, int threads, int cores) {
    return slots * threads <= cores
        ? Optional.empty()
        : Optional.of(
            "%s runs %d tasks at once with %d threads each on %d cores: they will slow each other down (lower engine.threads, or the executors' cores)"
                .formatted(host, slots, threads, cores));
  }

  /** In one process the environment was settled before the setting was read. */
  static Optional<String> localWarning(int threads, String environment) {
    return Integer.toString(threads).equals(environment)
        ? Optional.empty()
        : Optional.of(
            "engine.threads is %d, but with a local master %s of the environment counts, which is %s (set it to %d)"
                .formatted(threads, TEAM, environment == null ? "not set" : environment, threads));
  }
}
