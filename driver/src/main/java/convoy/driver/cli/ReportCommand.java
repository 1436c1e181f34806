package convoy.driver.cli;

import convoy.driver.config.ConvoyConfig;
import convoy.driver.report.ReportFile;
import convoy.driver.report.RunFiles;
import convoy.driver.report.RunReport;
import convoy.driver.session.HadoopConfigurations;
import java.io.PrintWriter;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** {@code convoy report}. It reads and writes files; no cluster takes part. */
public final class ReportCommand implements ConvoyCommand {
  @Override
  public String name() {
    return "report";
  }

  @Override
  public String purpose() {
    return "Writes one HTML file about training runs, side by side: curves, times and tables.";
  }

  @Override
  public List<KeyOption> options() {
    return List.of(KeyOption.RUN, KeyOption.REPORT);
  }

  @Override
  public void run(ConvoyConfig config, PrintWriter out) {
    Configuration hadoop = HadoopConfigurations.open();
    ReportFile file = new ReportFile(hadoop, config.report().output());
    byte[] report =
        RunReport.of(
            config.report().runs().stream().map(run -> new RunFiles(hadoop, run).view()).toList());
    out.printf("Report: %s%n", file.write(report));
  }
}
