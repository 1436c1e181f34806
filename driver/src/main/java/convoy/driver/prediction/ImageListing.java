package convoy.driver.prediction;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.store.Failures;
import convoy.driver.store.Locations;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Finds the files to classify: every file in and below a directory, or one file. */
final class ImageListing {
  private ImageListing() {}

  /**
   * The files at a URI of any Hadoop file system, in the order of their names.
   *
   * @throws UserException if there are none, or the directory cannot be listed
   */
  static List<ListedFile> of(Configuration configuration, String uri) {
    List<ListedFile> files;
    try {
      files = list(configuration, uri);
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw noFiles(uri, "there is no such file or directory", e);
    } catch (IOException e) {
      throw new UserException(
          ExitCode.INPUT,
          "Cannot list the images at %s: %s (check the address and your permissions)"
              .formatted(uri, Failures.firstLine(e)),
          e);
    }
    if (files.isEmpty()) {
      throw noFiles(uri, "it and all directories below it are empty", null);
    }
    return files.stream().sorted(Comparator.comparing(ListedFile::location)).toList();
  }

  private static List<ListedFile> list(Configuration configuration, String uri) throws IOException {
    Path qualified = Locations.qualified(configuration, uri);
    return qualified.toUri().getScheme().equals("file")
        ? LocalListing.of(LocalFiles.file(LocalFiles.location(qualified.toUri().getPath())))
        : HadoopListing.of(qualified.getFileSystem(configuration), qualified);
  }

  private static UserException noFiles(String uri, String reason, Throwable cause) {
    return new UserException(
        ExitCode.INPUT,
        "Cannot classify images: no files found in %s, %s (name a directory of image files)"
            .formatted(uri, reason),
        cause);
  }
}
