package convoy.driver.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import convoy.driver.config.ConvoyConfig;
import java.io.OutputStream;
import java.io.PrintStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the Spark session of a command, which closes it, and silences one that nobody closed. */
public final class SparkSessions {
  private static final Logger LOG = LoggerFactory.getLogger(SparkSessions.class);

  /** Spark's own hook, which ends its parts one by one, has FileSystem's plus 30. */
  private static final int BEFORE_SPARK = FileSystem.SHUTDOWN_HOOK_PRIORITY + 60;

  private SparkSessions() {}

  /**
   * A session on the cluster that spark-submit names, for a command that has to begin again when it
   * is ended too early.
   *
   * @param name the application's, in Spark's UI
   */
  public static SparkSession open(String name, ConvoyConfig config) {
    return open(name, config, "give the command again");
  }

  /** The same, for a command that can go on where it was ended. */
  public static SparkSession openResumable(String name, ConvoyConfig config) {
    return open(name, config, "give the command again with --resume to continue");
  }

  private static SparkSession open(String name, ConvoyConfig config, String remedy) {
    SparkSession session =
        SparkSession.builder().config(ConvoySparkConf.of(name, config)).getOrCreate();
    ShutdownHookManager.get()
        .addShutdownHook(() -> silence(session.sparkContext(), remedy), BEFORE_SPARK);
    return session;
  }

  /**
   * Silences a Spark that still runs when the process ends, as by a signal. Its threads write
   * hundreds of lines and stack traces about parts that are gone, some past the log. On YARN's
   * application master few of these parts are in the process, and what Spark says goes to its log.
   */
  private static void silence(SparkContext context, String remedy) {
    if (!context.isStopped() && context.deployMode().equals("client")) {
      LOG.warn("Ended before the command was done, as by a signal ({})", remedy);
      System.setErr(new PrintStream(OutputStream.nullOutputStream(), true, UTF_8));
      context.setLogLevel("OFF");
    }
  }
}
