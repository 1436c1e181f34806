package convoy.driver.cli;

import convoy.driver.config.ConvoyConfig;
import convoy.driver.data.ArchiveImport;
import convoy.driver.data.DataSetSummary;
import convoy.driver.session.HadoopConfigurations;
import java.io.PrintWriter;
import java.util.List;

/** {@code convoy data import}. */
public final class ImportCommand implements ConvoyCommand {
  @Override
  public String name() {
    return "import";
  }

  @Override
  public String purpose() {
    return "Puts CIFAR-10, archive or folder, where a training reads it.";
  }

  @Override
  public List<KeyOption> options() {
    return List.of(KeyOption.FROM, KeyOption.OUTPUT, KeyOption.OVERWRITE);
  }

  @Override
  public void run(ConvoyConfig config, PrintWriter out) {
    DataSetSummary summary =
        new ArchiveImport(
                HadoopConfigurations.open(), config.archiveImport().from(), config.output())
            .run();
    out.println(DataSetReport.of("Imported", summary));
  }
}
