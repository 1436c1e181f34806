package convoy.driver.data;

import convoy.driver.failure.UserException;
import convoy.driver.store.Locations;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Finds out what an image set is: a directory with an {@code image-set.json} that describes it, or
 * one of {@code .bin} files as CIFAR-10's binary version has them.
 */
public final class ImageSources {
  private ImageSources() {}

  /**
   * The image set in a directory of any Hadoop file system. Its images are not read.
   *
   * @throws UserException if the directory cannot be read, the set has no training or no test
   *     images, or a file is missing or has a wrong length
   */
  public static ImageSource open(Configuration configuration, String uri) {
    Path directory = Locations.qualified(configuration, uri);
    return Locations.reach(directory, () -> open(configuration, uri, directory));
  }

  private static ImageSource open(Configuration configuration, String uri, Path directory)
      throws IOException {
    return directory
            .getFileSystem(configuration)
            .exists(new Path(directory, ImageSetDescription.FILE))
        ? DescribedDirectory.read(configuration, directory)
        : CifarDirectory.read(configuration, uri, directory);
  }
}
