package convoy.driver.cli;

import convoy.driver.config.ConvoyConfig;
import convoy.driver.config.SweepRuns;
import convoy.driver.config.TrainingRuns;
import convoy.driver.session.SparkSessions;
import convoy.driver.sweep.SweepJob;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** {@code convoy sweep}. */
public final class SweepCommand implements ConvoyCommand {
  @Override
  public String name() {
    return "sweep";
  }

  @Override
  public String purpose() {
    return "Trains over a grid of settings and several seeds, and writes a table of accuracies.";
  }

  @Override
  public List<KeyOption> options() {
    return List.of(
        KeyOption.DATA,
        KeyOption.OUTPUT,
        KeyOption.VARY,
        KeyOption.SEEDS,
        KeyOption.NETWORK,
        KeyOption.EPOCHS,
        KeyOption.LOG,
        KeyOption.RESUME,
        KeyOption.OVERWRITE);
  }

  @Override
  public void run(ConvoyConfig config, PrintWriter out) throws IOException {
    SweepJob sweep =
        new SweepJob(config.sweep().grid(), SweepRuns.of(config), TrainingRuns.output(config));
    try (SparkSession spark =
        SparkSessions.openResumable("convoy sweep " + config.network().name(), config)) {
      out.print(sweep.run(JavaSparkContext.fromSparkContext(spark.sparkContext())).markdown());
    }
  }
}
