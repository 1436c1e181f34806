package convoy.driver.cli;

import convoy.driver.config.ConvoyConfig;
import convoy.driver.prediction.PredictionJob;
import convoy.driver.session.SparkSessions;
import java.io.PrintWriter;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** {@code convoy predict}. */
public final class PredictCommand implements ConvoyCommand {
  @Override
  public String name() {
    return "predict";
  }

  @Override
  public String purpose() {
    return "Classifies all images under a directory with a published model.";
  }

  @Override
  public List<KeyOption> options() {
    return List.of(
        KeyOption.MODEL,
        KeyOption.IMAGES,
        KeyOption.PREDICTIONS,
        KeyOption.FORMAT,
        KeyOption.TOP_K,
        KeyOption.MAX_PIXELS,
        KeyOption.LABELLED,
        KeyOption.OVERWRITE_PREDICTIONS);
  }

  @Override
  public void run(ConvoyConfig config, PrintWriter out) {
    try (SparkSession spark = SparkSessions.open("convoy predict", config)) {
      out.print(new PredictionJob(spark, config.engine(), config.prediction()).run().text());
    }
  }
}
