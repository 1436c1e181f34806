package convoy.driver.data;

import convoy.worker.image.Split;
import java.util.List;
import java.util.Map;

/**
 * A data set that was written.
 *
 * @param location its directory
 * @param classNames the names of the classes, in label order
 * @param images how many each split has
 * @param bytes the size of the files of images together
 */
public record DataSetSummary(
    String location, List<String> classNames, Map<Split, Long> images, long bytes) {
  /** Copies the list and the map. */
  public DataSetSummary {
    classNames = List.copyOf(classNames);
    images = Map.copyOf(images);
  }

  /** The number of images of a split, 0 if it has none. */
  public long images(Split split) {
    return images.getOrDefault(split, 0L);
  }
}
