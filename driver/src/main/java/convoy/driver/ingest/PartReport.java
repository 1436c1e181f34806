package convoy.driver.ingest;

import convoy.driver.ingest.picture.ClassCounts;
import convoy.worker.image.Split;
import convoy.worker.image.shard.PixelStatistics;
import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one file of records holds that a task has written.
 *
 * @param split what all its records are for
 * @param images how many it has of each class, 1 or more, by label; classes that it lacks are not
 *     there
 * @param pixels the sums of its pixels
 * @param sliceDigests SHA-256 of each slice of its records, in order, in lower-case hexadecimal
 */
record PartReport(
    Split split, SortedMap<Integer, Long> images, PixelStatistics pixels, List<String> sliceDigests)
    implements Serializable {
  PartReport {
    images = new TreeMap<>(images);
    sliceDigests = List.copyOf(sliceDigests);
  }

  /** How many images it holds. */
  long count() {
    return images.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Adds its images to {@code counts}. */
  void addTo(ClassCounts counts) {
    images.forEach((label, count) -> counts.add(split, label, count));
  }
}
