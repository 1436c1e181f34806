package convoy.driver.ingest;

import java.util.List;

/**
 * Pictures of a set that have the bytes of another one in it.
 *
 * @param all all of them but one of each picture
 * @param acrossSplits those of them that lie in another split than the first of their bytes
 * @param acrossClasses those of them that have another class than the first of their bytes
 */
record Copies(Some all, Some acrossSplits, Some acrossClasses) {
  /** How many copies there are. */
  long count() {
    return all.count();
  }

  /**
   * Some of the copies.
   *
   * @param count how many they are
   * @param first the first few
   */
  record Some(long count, List<Pair> first) {
    static final Some NONE = new Some(0, List.of());

    Some {
      first = List.copyOf(first);
    }
  }

  /**
   * A copy.
   *
   * @param copy itself
   * @param first the picture of the same bytes whose name comes first
   */
  record Pair(Place copy, Place first) {}

  /**
   * Where a picture is.
   *
   * @param path of its file
   * @param className its class
   * @param split its split
   */
  record Place(String path, String className, String split) {}
}
