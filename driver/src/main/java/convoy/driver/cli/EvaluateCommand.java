package convoy.driver.cli;

import convoy.driver.config.ConvoyConfig;
import convoy.driver.data.ImageSources;
import convoy.driver.evaluation.EvaluationJob;
import convoy.driver.session.SparkSessions;
import java.io.PrintWriter;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** {@code convoy evaluate}. */
public final class EvaluateCommand implements ConvoyCommand {
  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public String purpose() {
    return "Measures a published model on the test images of an image set, or on another split.";
  }

  @Override
  public List<KeyOption> options() {
    return List.of(KeyOption.MODEL, KeyOption.DATA, KeyOption.EVALUATED_SPLIT, KeyOption.ENGINE);
  }

  @Override
  public void run(ConvoyConfig config, PrintWriter out) {
    try (SparkSession spark = SparkSessions.open("convoy evaluate", config)) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      out.print(
          new EvaluationJob(context, config.engine(), config.evaluation().spec())
              .run(
                  config.prediction().modelPath(),
                  ImageSources.open(context.hadoopConfiguration(), config.data().path()),
                  config.evaluation().split())
              .text());
    }
  }
}
