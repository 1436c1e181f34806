package convoy.driver.evaluation.disturbance;

import convoy.driver.data.OutputDirectory;
import convoy.driver.data.OutputKind;
import convoy.driver.data.UnpublishedDirectory;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.store.AtomicDirectory;
import convoy.driver.store.Failures;
import convoy.driver.store.Locations;
import convoy.driver.store.OutputSpec;
import convoy.worker.model.InferenceModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory of what was measured under disturbances: a table, and a page to look at. */
final class DisturbanceFiles {
  private static final Logger LOG = LoggerFactory.getLogger(DisturbanceFiles.class);

  private static final String TABLE = "disturbances.csv";
  private static final String PAGE = "disturbances.html";

  private final OutputDirectory directory;

  private DisturbanceFiles(OutputDirectory directory) {
    this.directory = directory;
  }

  /**
   * The directory of {@code output}; none if its path is empty.
   *
   * @throws UserException if it exists and is not to be replaced, cannot be written, or lies where
   *     the model or the data does
   */
  static Optional<DisturbanceFiles> of(
      Configuration hadoop, OutputSpec output, String modelPath, String dataPath) {
    if (output.path().isEmpty()) {
      return Optional.empty();
    }
    Path place = Locations.qualified(hadoop, output.path());
    try {
      OutputDirectory directory = new OutputDirectory(hadoop, output, OutputKind.DISTURBANCES);
      directory.requireApartFrom(Locations.qualified(hadoop, modelPath));
      directory.requireApartFrom(Locations.qualified(hadoop, dataPath));
      AtomicDirectory.requireWritable(hadoop, place.getParent());
      return Optional.of(new DisturbanceFiles(directory));
    } catch (IOException e) {
      throw refused(place.toString(), e);
    }
  }

  /**
   * Writes the files; their directory appears whole or not at all.
   *
   * @param samples the pictures to show
   * @throws UserException if they cannot be written
   */
  void publish(DisturbanceSummary summary, InferenceModel model, List<SamplePicture> samples) {
    try {
      String table = DisturbancesCsv.of(summary);
      String page =
          DisturbancePage.of(
              summary, new ContactSheet(model.labels(), model.inputShape()).of(samples));
      directory.publish(
          files -> {
            write(files, TABLE, table);
            write(files, PAGE, page);
            return files.path();
          });
      LOG.info("Wrote {} and {} to {}", TABLE, PAGE, directory.location());
    } catch (IOException e) {
      throw refused(directory.location(), e);
    }
  }

  private static void write(UnpublishedDirectory files, String name, String text)
      throws IOException {
    try (OutputStream out = files.create(name)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static UserException refused(String location, IOException cause) {
    return new UserException(
        ExitCode.INPUT,
        "Cannot write the disturbances to %s: %s (choose another --output)"
            .formatted(location, Failures.firstLine(cause)),
        cause);
  }
}
