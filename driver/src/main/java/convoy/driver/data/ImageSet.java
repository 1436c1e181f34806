package convoy.driver.data;

import convoy.worker.image.Fit;
import convoy.worker.image.ImageShape;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a labelled image set before its images are read.
 *
 * @param uri where it lies
 * @param storedShape of every image, as it is stored
 * @param margin pixels on each side that training crops from: the network sees the stored shape
 *     less twice the margin
 * @param fit how pictures became images of the stored shape, and how others are to become some
 * @param classNames in label order
 * @param contents what reading all images told when the set was made, if the set says so
 * @param origin where it comes from, if the set says so
 */
public record ImageSet(
    String uri,
    ImageShape storedShape,
    int margin,
    Fit fit,
    List<String> classNames,
    ImageSetContents contents,
    ImageSetOrigin origin)
    implements Serializable {
  /** Kinds of origins whose pictures are square; CIFAR's own files say nothing of their origin. */
  private static final Set<String> SQUARE_KINDS = Set.of("", "synthetic", "cifar-10", "cifar-100");

  /**
   * Checks that something is left within the margin.
   *
   * @throws IllegalArgumentException if it is not, or the margin is negative
   */
  public ImageSet {
    int shorter = Math.min(storedShape.height(), storedShape.width());
    if (margin < 0 || margin > (shorter - 1) / 2) {
      throw new IllegalArgumentException(
          "Cannot crop images of %s with a margin of %d: it may be 0 to %d"
              .formatted(storedShape, margin, (shorter - 1) / 2));
    }
    classNames = List.copyOf(classNames);
  }

  /**
   * The fit, if it may have changed pixels. It has not where pictures were stored as they were: in
   * CIFAR's own files, in imports of CIFAR and in synthetic sets, all of which have square pictures
   * that every fit makes the same square of.
   */
  public Optional<Fit> effectiveFit() {
    boolean square = storedShape.height() == storedShape.width();
    return square && SQUARE_KINDS.contains(origin.kind()) ? Optional.empty() : Optional.of(fit);
  }

  /** The same set, after all its images have been read. */
  public ImageSet withContents(ImageSetContents found) {
    return new ImageSet(uri, storedShape, margin, fit, classNames, found, origin);
  }
}
