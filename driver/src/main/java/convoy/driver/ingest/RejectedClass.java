package convoy.driver.ingest;

import convoy.worker.image.Split;
import java.io.Serializable;

/**
 * The pictures of a class that could not be read.
 *
 * @param place their class, and the split that the source has them in
 * @param count how many they are
 * @param first the first of them with its reason, in one line
 */
record RejectedClass(Place place, long count, String first) implements Serializable {
  /** A class and a split. */
  record Place(int label, Split given) implements Serializable {}

  /** These and later ones. */
  RejectedClass plus(RejectedClass later) {
    return new RejectedClass(place, count + later.count, first);
  }
}
