package convoy.driver.cli;

import convoy.driver.config.ConvoyConfig;
import convoy.driver.data.export.ExportSummary;
import convoy.driver.data.export.ImageExport;
import convoy.driver.session.HadoopConfigurations;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** {@code convoy data export}. */
public final class ExportCommand implements ConvoyCommand {
  @Override
  public String name() {
    return "export";
  }

  @Override
  public String purpose() {
    return "Writes images of a set as PNG files, in a folder per class.";
  }

  @Override
  public List<KeyOption> options() {
    return List.of(
        KeyOption.DATA, KeyOption.OUTPUT, KeyOption.SPLIT, KeyOption.COUNT, KeyOption.OVERWRITE);
  }

  @Override
  public void run(ConvoyConfig config, PrintWriter out) {
    ExportSummary summary =
        new ImageExport(HadoopConfigurations.open(), config.data().path(), config.output())
            .write(config.export().split(), config.export().count());
    out.printf(
        Locale.ROOT,
        "Exported %d images of %d classes to %s%n",
        summary.images(),
        summary.folders().size(),
        summary.location());
  }
}
