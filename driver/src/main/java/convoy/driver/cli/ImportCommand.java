package convoy.driver.cli;

import convoy.driver.config.ConvoyConfig;
import convoy.driver.ingest.ImportJob;
import convoy.driver.session.HadoopConfigurations;
import convoy.driver.session.SparkSessions;
import java.io.PrintWriter;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** {@code convoy data import}. */
public final class ImportCommand implements ConvoyCommand {
  @Override
  public String name() {
    return "import";
  }

  @Override
  public String purpose() {
    return "Imports labelled pictures from folders, tables, archives or CIFAR as an image set.";
  }

  @Override
  public List<KeyOption> options() {
    return List.of(
        KeyOption.FROM,
        KeyOption.OUTPUT,
        KeyOption.SIZE,
        KeyOption.FIT,
        KeyOption.MARGIN,
        KeyOption.VALIDATION_SHARE,
        KeyOption.TEST_SHARE,
        KeyOption.IMPORT_SEED,
        KeyOption.IMPORT_KIND,
        KeyOption.CIFAR_LABELS,
        KeyOption.IMPORT_MAX_PIXELS,
        KeyOption.OVERWRITE);
  }

  @Override
  public void run(ConvoyConfig config, PrintWriter out) {
    // Spark takes many seconds to start.
    ImportJob.require(HadoopConfigurations.open(), config.imageImport(), config.output());
    try (SparkSession spark = SparkSessions.open("convoy data import", config)) {
      out.print(new ImportJob(spark, config.imageImport(), config.output()).run().text());
    }
  }
}
