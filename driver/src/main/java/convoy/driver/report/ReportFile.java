package convoy.driver.report;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.monitoring.page.TrainingPage;
import convoy.driver.store.AtomicDirectory;
import convoy.driver.store.Failures;
import convoy.driver.store.Locations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The file that a report is written to: a new one, or an earlier report in its place. */
public final class ReportFile {
  /** A report says near its beginning what made it. */
  private static final int BEGINNING_BYTES = 1_000;

  private final Configuration hadoop;
  private final Path file;

  /**
   * The file at a location, on this machine if it has no scheme.
   *
   * @throws UserException if what is there is no report
   */
  public ReportFile(Configuration hadoop, String location) {
    this.hadoop = hadoop;
    this.file = Locations.qualified(hadoop, Locations.localByDefault(location).toString());
    if (!Locations.reach(file, this::isFree)) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot write the report to %s: what is there is no report (choose another --output)"
              .formatted(file));
    }
  }

  private boolean isFree() throws IOException {
    FileSystem files = Locations.fileSystem(hadoop, file);
    if (!files.exists(file)) {
      return true;
    }
    if (files.getFileStatus(file).isDirectory()) {
      return false;
    }
    try (var in = files.open(file)) {
      return new String(in.readNBytes(BEGINNING_BYTES), StandardCharsets.UTF_8)
          .contains(TrainingPage.MADE_BY);
    }
  }

  /** Writes the report, whole or not at all, and returns its URI. */
  public String write(byte[] report) {
    try {
      AtomicDirectory.replaceFile(hadoop, file, report);
    } catch (IOException e) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot write the report to %s: %s (check the address and your permissions)"
              .formatted(file, Failures.firstLine(e)),
          e);
    }
    return file.toString();
  }
}
