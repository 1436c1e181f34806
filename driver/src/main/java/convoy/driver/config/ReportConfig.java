package convoy.driver.config;

import java.util.List;

/**
 * A report of training runs.
 *
 * @param runs their output directories, Hadoop URIs; none if not given
 * @param output the file to write, a Hadoop URI; empty if not given
 */
public record ReportConfig(List<String> runs, String output) {
  static ReportConfig read(ConfigReader reader) {
    return new ReportConfig(
        reader.key("report.runs").text().lines().filter(run -> !run.isBlank()).toList(),
        reader.key("report.output").text());
  }
}
