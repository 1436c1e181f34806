package convoy.driver.cli;

import convoy.driver.config.ConvoyConfig;
import convoy.driver.config.TrainingRuns;
import convoy.driver.data.ImageSources;
import convoy.driver.session.SparkSessions;
import convoy.driver.training.TrainingJob;
import convoy.driver.training.TrainingResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** {@code convoy train}. */
public final class TrainCommand implements ConvoyCommand {
  @Override
  public String name() {
    return "train";
  }

  @Override
  public String purpose() {
    return "Trains a network on an image set and publishes the model under OUTPUT/model.";
  }

  @Override
  public List<KeyOption> options() {
    return List.of(
        KeyOption.DATA,
        KeyOption.OUTPUT,
        KeyOption.NETWORK,
        KeyOption.EPOCHS,
        KeyOption.REPLICAS,
        KeyOption.LOCAL_STEPS,
        KeyOption.BATCH_SIZE,
        KeyOption.LABEL_SMOOTHING,
        KeyOption.DROPOUT_SHARE,
        KeyOption.SEED,
        KeyOption.ENGINE,
        KeyOption.LOG,
        KeyOption.RESUME,
        KeyOption.OVERWRITE);
  }

  @Override
  public void run(ConvoyConfig config, PrintWriter out) throws IOException {
    try (SparkSession spark =
        SparkSessions.openResumable("convoy train " + config.network().name(), config)) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      TrainingResult result =
          new TrainingJob(
                  context,
                  ImageSources.open(context.hadoopConfiguration(), config.data().path()),
                  TrainingRuns.spec(config),
                  TrainingRuns.output(config))
              .run();
      result
          .validationAccuracy()
          .ifPresent(accuracy -> out.printf(Locale.ROOT, "Validation accuracy %.4f%n", accuracy));
      out.printf(
          Locale.ROOT,
          "Test accuracy %.4f after %d epochs%s%s%nModel: %s%nSHA-256 of its parameters: %s%n",
          result.testAccuracy(),
          result.publishedEpoch(),
          result.publishedEpoch() == result.epochs()
              ? ""
              : ", the best of %d".formatted(result.epochs()),
          config.evaluation().spec().testTimeFlip().note(),
          result.modelUri(),
          result.parametersSha256());
    }
  }
}
