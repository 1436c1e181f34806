package convoy.driver.cluster;

import org.apache.spark.api.java.JavaSparkContext;

/** Puts our words on the jobs and stages of Spark's UI. */
public final class SparkLabels {
  private SparkLabels() {}

  /** The jobs that this thread starts from now on, and their stages, have {@code description}. */
  public static void describe(JavaSparkContext spark, String description) {
    spark.setCallSite(description);
    spark.sc().setJobDescription(description);
  }
}
