package convoy.driver.ingest;

import convoy.driver.ingest.picture.ClassCounts;
import convoy.worker.image.Split;
import convoy.worker.image.shard.PixelStatistics;
import java.io.Serializable;
import java.util.Arrays;

/** What one file of records holds that a task has written. */
final class PartReport implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Split split;
  private final int[] labels;
  private final long[] images;
  private final PixelStatistics pixels;
  private final String[] sliceDigests;

  /**
   * A report; see the methods of the same names.
   *
   * @param labels the classes that it has images of, ascending
   * @param images how many it has of each of these, 1 or more
   */
  PartReport(
      Split split, int[] labels, long[] images, PixelStatistics pixels, String[] sliceDigests) {
    this.split = split;
    this.labels = labels;
    this.images = images;
    this.pixels = pixels;
    this.sliceDigests = sliceDigests;
  }

  /** What all its records are for. */
  Split split() {
    return split;
  }

  /** How many images it holds. */
  long count() {
    return Arrays.stream(images).sum();
  }

  /** Counts them in. */
  void addTo(ClassCounts counts) {
    for (int i = 0; i < labels.length; i++) {
      counts.add(split, labels[i], images[i]);
    }
  }

  /** The sums of its pixels. */
  PixelStatistics pixels() {
    return pixels;
  }

  /** SHA-256 of each slice of its records, in order, in lower-case hexadecimal. */
  String[] sliceDigests() {
    return sliceDigests;
  }
}
