package convoy.driver.prediction;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.files.OwnFiles;
import convoy.driver.store.AtomicDirectory;
import convoy.driver.store.Failures;
import convoy.driver.store.Locations;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Refuses an output directory that would harm what is there, before any work is done. */
final class OutputCheck {
  private static final OwnFiles FILES = OwnFiles.marked("_SUCCESS|part-[^/]+[.](parquet|csv|json)");

  private OutputCheck() {}

  /**
   * Checks that the output is free, or may be replaced, that it can be written, and that it does
   * not lie among the images nor hold them or the model.
   *
   * @throws UserException if it is not fit
   */
  static void require(Configuration configuration, PredictionSpec prediction) {
    Path output = Locations.qualified(configuration, prediction.outputPath());
    Path images = Locations.qualified(configuration, prediction.imagesPath());
    Path model = Locations.qualified(configuration, prediction.modelPath());
    if (output.isRoot()) {
      throw refused(output, "it is a root");
    }
    if (Locations.isWithin(output, images)) {
      throw refused(output, "it lies in the images' directory " + images);
    }
    if (Locations.isWithin(images, output)) {
      throw refused(output, "it holds the images at " + images);
    }
    if (Locations.isWithin(model, output) || Locations.isWithin(output, model)) {
      throw refused(output, "it holds, or lies in, the model at " + model);
    }
    FILES.requireFree(configuration, output, prediction.overwrite(), "the predictions");
    try {
      AtomicDirectory.requireWritable(configuration, output.getParent());
    } catch (IOException e) {
      throw refused(output, Failures.firstLine(e));
    }
  }

  private static UserException refused(Path output, String reason) {
    return new UserException(
        ExitCode.INPUT,
        "Cannot write the predictions to %s: %s (choose another --output)"
            .formatted(output, reason));
  }
}
