package convoy.driver.cli;

import convoy.driver.ConvoySparkConf;
import convoy.driver.config.ConvoyConfig;
import org.apache.spark.sql.SparkSession;

/** Opens the Spark session of a command; the command closes it. */
final class SparkSessions {
  private SparkSessions() {}

  /**
   * A session on the cluster that spark-submit names.
   *
   * @param name the application's, in Spark's UI
   */
  static SparkSession open(String name, ConvoyConfig config) {
    return SparkSession.builder().config(ConvoySparkConf.of(name, config)).getOrCreate();
  }
}
