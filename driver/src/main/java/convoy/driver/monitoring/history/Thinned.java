package convoy.driver.monitoring.history;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * A series of any length in a bounded number of points, spread evenly: when it is full, neighbours
 * are merged two by two, and from then on as many values go into each point. Nothing is cut off.
 *
 * @param <T> the values
 */
final class Thinned<T> {
  private final int capacity;
  private final BinaryOperator<T> merge;
  private List<T> points = new ArrayList<>();
  private int stride = 1;
  private T unfinished;
  private int merged;

  /**
   * An empty series.
   *
   * @param capacity most points, an even number
   * @param merge of an earlier value and a later one
   */
  Thinned(int capacity, BinaryOperator<T> merge) {
    this.capacity = capacity;
    this.merge = merge;
  }

  /** Adds a value. */
  void add(T value) {
    unfinished = unfinished == null ? value : merge.apply(unfinished, value);
    merged++;
    if (merged < stride) {
      return;
    }
    points.add(unfinished);
    unfinished = null;
    merged = 0;
    if (points.size() == capacity) {
      List<T> half = new ArrayList<>();
      for (int i = 0; i < points.size(); i += 2) {
        half.add(merge.apply(points.get(i), points.get(i + 1)));
      }
      points = half;
      stride *= 2;
    }
  }

  /** The points, in order; the last one may be of fewer values than the others. */
  List<T> points() {
    List<T> all = new ArrayList<>(points);
    if (unfinished != null) {
      all.add(unfinished);
    }
    return all;
  }
}
