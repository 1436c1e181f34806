package convoy.driver.prediction;

import convoy.driver.monitoring.event.Thumbnail;
import convoy.driver.monitoring.event.UnreadableFile;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a prediction job that are worth a look. Which they are depends on the rows alone,
 * not on the tasks that wrote them.
 *
 * @param surest the highest probabilities first
 * @param leastSure the lowest probabilities first
 * @param wrong the highest probabilities first
 * @param unreadable the first ones by path for each reason
 */
record Examples(
    List<Thumbnail> surest,
    List<Thumbnail> leastSure,
    List<Thumbnail> wrong,
    SortedMap<String, List<UnreadableFile>> unreadable)
    implements Summand<Examples> {
  static final int MOST_PICTURES = 12;
  static final int MOST_UNREADABLE = 3;
  static final Examples NONE = new Examples(List.of(), List.of(), List.of(), new TreeMap<>());

  /**
   * Files of the same probability, such as 1, come in an order that has nothing to do with their
   * folders: otherwise all of them were of the first class.
   */
  static final Comparator<Thumbnail> LEAST_SURE =
      Comparator.comparingDouble(Thumbnail::probability).thenComparing(byScatteredPath());

  static final Comparator<Thumbnail> SUREST =
      Comparator.comparingDouble((Thumbnail picture) -> -picture.probability())
          .thenComparing(byScatteredPath());

  static final Comparator<UnreadableFile> BY_PATH = Comparator.comparing(UnreadableFile::path);

  private static Comparator<Thumbnail> byScatteredPath() {
    return Comparator.comparingInt((Thumbnail picture) -> picture.path().hashCode() * 0x9E3779B1)
        .thenComparing(Thumbnail::path);
  }

  @Override
  public Examples plus(Examples other) {
    SortedMap<String, List<UnreadableFile>> files = new TreeMap<>(unreadable);
    other.unreadable.forEach(
        (reason, more) ->
            files.merge(reason, more, (a, b) -> first(MOST_UNREADABLE, BY_PATH, a, b)));
    return new Examples(
        first(MOST_PICTURES, SUREST, surest, other.surest),
        first(MOST_PICTURES, LEAST_SURE, leastSure, other.leastSure),
        first(MOST_PICTURES, SUREST, wrong, other.wrong),
        files);
  }

  private static <T> List<T> first(int most, Comparator<T> order, List<T> some, List<T> others) {
    return Stream.concat(some.stream(), others.stream()).sorted(order).limit(most).toList();
  }
}
