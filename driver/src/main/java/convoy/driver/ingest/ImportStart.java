package convoy.driver.ingest;

import convoy.driver.data.OutputDirectory;
import convoy.driver.data.OutputKind;
import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.files.FileListing;
import convoy.driver.store.Failures;
import convoy.driver.store.Locations;
import convoy.driver.store.OutputSpec;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What is settled of an import without a cluster, which takes many seconds to start.
 *
 * @param location of the source
 * @param kind what the source is, never {@link ImportKind#AUTO}
 * @param plan what becomes of each picture
 * @param directory where the set will be
 */
record ImportStart(String location, ImportKind kind, ImportPlan plan, OutputDirectory directory) {
  /**
   * Looks at the source and at the output.
   *
   * @throws UserException if the source is missing or not recognised, the settings do not fit it,
   *     or the output exists and is not to be replaced
   */
  static ImportStart of(Configuration hadoop, ImportSpec spec, OutputSpec output) {
    Path source = Locations.localByDefault(spec.from());
    if (!Locations.reach(source, () -> Locations.fileSystem(hadoop, source).exists(source))) {
      throw missing(spec, null);
    }
    try {
      String location = FileListing.location(hadoop, source.toString());
      ImportKind kind =
          spec.kind() == ImportKind.AUTO
              ? new KindRecognition(hadoop, spec.from()).of(location)
              : spec.kind();
      ImportPlan plan = ImportPlan.of(spec, kind);
      OutputDirectory directory = new OutputDirectory(hadoop, output, OutputKind.IMAGE_SET);
      directory.requireApartFrom(Locations.qualified(hadoop, source.toString()));
      return new ImportStart(location, kind, plan, directory);
    } catch (IOException e) {
      throw failure(spec, output, e);
    }
  }

  /** What the user can mend about a failure of a file system. */
  static UserException failure(ImportSpec spec, OutputSpec output, IOException cause) {
    if (cause instanceof FileNotFoundException || cause instanceof NoSuchFileException) {
      return missing(spec, cause);
    }
    return new UserException(
        ExitCode.INPUT,
        "Cannot import %s to %s: %s (check the address and your permissions)"
            .formatted(spec.from(), output.path(), Failures.firstLine(cause)),
        cause);
  }

  private static UserException missing(ImportSpec spec, IOException cause) {
    return new UserException(
        ExitCode.INPUT,
        "Cannot import %s: there is no such file or folder (check the address)"
            .formatted(spec.from()),
        cause);
  }
}
