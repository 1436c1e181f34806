package convoy.driver.data;

import convoy.worker.image.Normalization;
import convoy.worker.image.Split;
import convoy.worker.image.shard.PixelStatistics;
import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of an image set once every record has been read.
 *
 * @param imagesPerClass how many images each class has, in label order, by split; only splits that
 *     the set has
 * @param training sums over the pixels of the training images
 * @param fingerprint SHA-256 over the SHA-256 of each slice of records, one line each, training
 *     slices first, then validation, then test: the same records, the same fingerprint
 */
public record ImageSetContents(
    Map<Split, List<Long>> imagesPerClass, PixelStatistics training, String fingerprint)
    implements Serializable {
  /** The contents of a set that has not been read and has no description of them. */
  public static final ImageSetContents UNKNOWN =
      new ImageSetContents(Map.of(), PixelStatistics.empty(0), "");

  /** Copies the map. */
  public ImageSetContents {
    Map<Split, List<Long>> copy = new EnumMap<>(Split.class);
    imagesPerClass.forEach((split, counts) -> copy.put(split, List.copyOf(counts)));
    imagesPerClass = Collections.unmodifiableMap(copy);
  }

  /** Whether the contents are known. */
  public boolean isKnown() {
    return !fingerprint.isEmpty();
  }

  /** The images of each class of a split, in label order; empty if there is no such split. */
  public List<Long> imagesPerClass(Split split) {
    return imagesPerClass.getOrDefault(split, List.of());
  }

  /** Mean and deviation of the training images. */
  public Normalization normalization() {
    return training.normalization();
  }
}
