package convoy.driver.session;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.deploy.SparkHadoopUtil;

/** The Hadoop settings of commands that read and write files without a cluster's help. */
public final class HadoopConfigurations {
  private HadoopConfigurations() {}

  /** Those of the class path, under those that spark-submit gives as {@code spark.hadoop.*}. */
  public static Configuration open() {
    return SparkHadoopUtil.get().conf();
  }
}
