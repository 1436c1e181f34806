package convoy.driver.data;

import java.util.List;

/**
 * A binary image set as found in its directory: names and sizes, no pixels.
 *
 * @param uri the directory
 * @param classNames in label order
 * @param training the slices of the training files, in name order
 * @param test the slices of the test files, in name order
 */
public record ImageSet(
    String uri, List<String> classNames, List<FileSlice> training, List<FileSlice> test) {
  /** Images in all slices. */
  public static int count(List<FileSlice> slices) {
    return slices.stream().mapToInt(FileSlice::records).reduce(0, Math::addExact);
  }
}
