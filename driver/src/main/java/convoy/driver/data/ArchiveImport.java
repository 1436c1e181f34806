package convoy.driver.data;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.store.Failures;
import convoy.driver.store.Locations;
import convoy.driver.store.OutputSpec;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts CIFAR-10 where the training finds it: takes the official {@code cifar-10-binary.tar.gz}, or
 * the folder that it unpacks to, and writes its {@code .bin} files and class names to a directory
 * on any Hadoop file system. Nothing is unpacked elsewhere, nothing but one record is held in
 * memory.
 */
public final class ArchiveImport {
  private static final Logger LOG = LoggerFactory.getLogger(ArchiveImport.class);

  /** MD5 of the official archive, after the data set's own page. */
  private static final String OFFICIAL_MD5 = "c32a1d4ab5d03f1284b67883e8d87530";

  private final Configuration hadoop;
  private final String source;
  private final OutputSpec output;

  /**
   * Reads {@code source}, a Hadoop URI, or a path on this machine if it has no scheme.
   *
   * @param output where to write; without a scheme on the default file system
   */
  public ArchiveImport(Configuration hadoop, String source, OutputSpec output) {
    this.hadoop = hadoop;
    this.source = source;
    this.output = output;
  }

  /**
   * Reads, checks and writes; the directory appears whole or not at all.
   *
   * @throws UserException if the source is missing, damaged or not a data set, or if the output
   *     exists and is not to be replaced, or cannot be written
   */
  public DataSetSummary run() {
    Path path = Locations.localByDefault(source);
    FileSystem files = Locations.fileSystem(hadoop, path);
    try {
      boolean folder = files.getFileStatus(path).isDirectory();
      OutputDirectory directory = new OutputDirectory(hadoop, output, "the data set");
      directory.requireApartFrom(files.makeQualified(path));
      return directory.publish(
          created -> {
            DataSetIntake intake = new DataSetIntake(created, source);
            if (folder) {
              takeFolder(files, path, intake);
            } else {
              takeArchive(files, path, intake);
            }
            return intake.finish(directory.location());
          });
    } catch (FileNotFoundException e) {
      throw failure("there is no such file or folder", e);
    } catch (IOException e) {
      throw failure(Failures.firstLine(e), e);
    }
  }

  private static void takeFolder(FileSystem files, Path folder, DataSetIntake intake)
      throws IOException {
    for (FileStatus file : files.listStatus(folder)) {
      if (file.isFile()) {
        try (InputStream in = files.open(file.getPath())) {
          intake.take(file.getPath().getName(), in);
        }
      }
    }
  }

  private void takeArchive(FileSystem files, Path archive, DataSetIntake intake)
      throws IOException {
    try (InputStream in = files.open(archive)) {
      String md5 = new TarArchive(source).read(in, intake::take);
      LOG.info(
          "{} has MD5 {}, {} the official archive",
          source,
          md5,
          md5.equals(OFFICIAL_MD5) ? "the same as" : "another than " + OFFICIAL_MD5 + " of");
    }
  }

  private UserException failure(String reason, IOException cause) {
    return new UserException(
        ExitCode.INPUT,
        "Cannot import %s to %s: %s".formatted(source, output.path(), reason),
        cause);
  }
}
