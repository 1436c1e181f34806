package convoy.driver.data;

import java.util.List;

/**
 * A data set that was written.
 *
 * @param location its directory
 * @param classNames the names of the classes, in label order
 * @param trainingImages images to train with
 * @param testImages images to measure with
 * @param bytes the size of the {@code .bin} files together
 */
public record DataSetSummary(
    String location, List<String> classNames, long trainingImages, long testImages, long bytes) {
  /** Copies the list. */
  public DataSetSummary {
    classNames = List.copyOf(classNames);
  }
}
