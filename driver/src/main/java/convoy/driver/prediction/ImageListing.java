package convoy.driver.prediction;

import convoy.driver.failure.ExitCode;
import convoy.driver.failure.UserException;
import convoy.driver.files.FileListing;
import convoy.driver.files.ListedFile;
import convoy.driver.store.Failures;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

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
      files = FileListing.below(configuration, FileListing.location(configuration, uri));
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
    return files;
  }

  private static UserException noFiles(String uri, String reason, Throwable cause) {
    return new UserException(
        ExitCode.INPUT,
        "Cannot classify images: no files found in %s, %s (name a directory of image files)"
            .formatted(uri, reason),
        cause);
  }
}
