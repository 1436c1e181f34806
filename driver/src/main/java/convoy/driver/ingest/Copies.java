package convoy.driver.ingest;

import java.util.List;

/**
 * Pictures of a set that have the bytes of another one in it.
 *
 * @param count all of them but one of each picture
 * @param acrossSplits those of them that lie in another split than the first
 * @param first the first few, those across splits before others
 */
record Copies(long count, long acrossSplits, List<Pair> first) {
  Copies {
    first = List.copyOf(first);
  }

  /**
   * A copy.
   *
   * @param path of the copy
   * @param split of the copy
   * @param firstPath of the picture of the same bytes whose name comes first
   * @param firstSplit of that
   */
  record Pair(String path, String split, String firstPath, String firstSplit) {}
}
