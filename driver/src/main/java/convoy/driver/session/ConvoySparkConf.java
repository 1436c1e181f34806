package convoy.driver.session;

import convoy.driver.config.ConvoyConfig;
import convoy.driver.device.DeviceCheck;
import convoy.driver.monitoring.ui.ConvoyPlugin;
import convoy.driver.monitoring.ui.PrometheusSink;
import convoy.driver.training.dl4jspark.Dl4jSparkKryoRegistrator;
import convoy.driver.training.round.AveragingMaster;
import convoy.driver.wire.ConvoyKryoRegistrator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.spark.SparkConf;

/** The Spark settings that Convoy's jobs rely on; all others are the user's. */
public final class ConvoySparkConf {
  private ConvoySparkConf() {}

  /**
   * The settings of a job, over those that spark-submit gives.
   *
   * @param name the application's, in Spark's UI
   */
  public static SparkConf of(String name, ConvoyConfig config) {
    String threads = Integer.toString(config.engine().threads());
    Class<?> registrator =
        config.averaging().master() == AveragingMaster.DL4J_SPARK
            ? Dl4jSparkKryoRegistrator.class
            : ConvoyKryoRegistrator.class;
    SparkConf conf = new SparkConf();
    // ND4J takes CUDA where its backend is installed, whose priority is 100, unless told otherwise.
    boolean gpu = DeviceCheck.wantsGpu(config.engine().device(), conf);
    conf.setExecutorEnv("BACKEND_PRIORITY_CPU", gpu ? "0" : "200");
    conf.set("spark.plugins", plugins(conf));
    PrometheusSink.configure(conf);
    return conf.setAppName(name)
        .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
        .set("spark.kryo.registrator", registrator.getName())
        .set("spark.kryo.registrationRequired", "true")
        // One replica's update is one record: 12 bytes per parameter with Adam, itself and two
        // moments.
        .setIfMissing("spark.kryoserializer.buffer.max", "2000m")
        // All replicas' updates together; the driver's heap is the bound that counts.
        .setIfMissing("spark.driver.maxResultSize", "0")
        // Copies arrays of numbers as they are, instead of number by number.
        .setIfMissing("spark.kryo.unsafe", "true")
        // What is broadcast are networks, whose numbers hardly compress.
        .setIfMissing("spark.broadcast.compress", "false")
        // TCP has its own; another takes longer than the rest of sending a large network.
        .setIfMissing("spark.broadcast.checksum", "false")
        // Otherwise all shards of a small set are dealt to where its one file was read, and one
        // executor trains all replicas.
        .setIfMissing("spark.shuffle.reduceLocality.enabled", "false")
        // Read by the native libraries when they load, so it must be in the executors' environment.
        .setExecutorEnv("OMP_NUM_THREADS", threads)
        // Huge pages for large native blocks, where the C library (glibc 2.35) and the kernel can.
        .setExecutorEnv("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1")
        // File names in any script.
        .setExecutorEnv("LC_ALL", "C.UTF-8");
  }

  /** Convoy's, which shows training runs in Spark's UI, after those that the user has. */
  private static String plugins(SparkConf conf) {
    Set<String> plugins = new LinkedHashSet<>();
    for (String plugin : conf.get("spark.plugins", "").split(",", -1)) {
      plugins.add(plugin.strip());
    }
    plugins.remove("");
    plugins.add(ConvoyPlugin.class.getName());
    return String.join(",", plugins);
  }
}
