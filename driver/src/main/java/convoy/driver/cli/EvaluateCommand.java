package convoy.driver.cli;

import convoy.driver.config.ConvoyConfig;
import convoy.driver.config.EvaluationConfig;
import convoy.driver.data.ImageSource;
import convoy.driver.data.ImageSources;
import convoy.driver.evaluation.EvaluationJob;
import convoy.driver.evaluation.disturbance.DisturbanceJob;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.session.HadoopConfigurations;
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
    return List.of(
        KeyOption.MODEL,
        KeyOption.DATA,
        KeyOption.EVALUATED_SPLIT,
        KeyOption.ENGINE,
        KeyOption.DISTURB,
        KeyOption.DISTURBANCES,
        KeyOption.OVERWRITE_DISTURBANCES);
  }

  @Override
  public void run(ConvoyConfig config, PrintWriter out) {
    EvaluationConfig evaluation = config.evaluation();
    String model = config.prediction().modelPath();
    // Spark takes many seconds to start.
    requireOutput(evaluation, model, config.data().path());
    try (SparkSession spark = SparkSessions.open("convoy evaluate", config)) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      ImageSource images = ImageSources.open(context.hadoopConfiguration(), config.data().path());
      out.print(
          evaluation.disturb()
              ? new DisturbanceJob(context, config.engine(), evaluation.spec(), evaluation.output())
                  .run(model, images, evaluation.split())
                  .text()
              : new EvaluationJob(context, config.engine(), evaluation.spec())
                  .run(model, images, evaluation.split())
                  .text());
    }
  }

  private static void requireOutput(EvaluationConfig evaluation, String model, String data) {
    String output = evaluation.output().path();
    if (evaluation.disturb()) {
      DisturbanceJob.require(HadoopConfigurations.open(), evaluation.output(), model, data);
    } else if (!output.isEmpty()) {
      throw new UserException(
          ExitCode.USAGE,
          "Cannot write to %s: evaluate has files to write for disturbances alone (add --disturb, or leave out --output)"
              .formatted(output));
    }
  }
}
