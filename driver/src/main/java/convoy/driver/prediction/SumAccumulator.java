package convoy.driver.prediction;

import org.apache.spark.util.AccumulatorV2;

/**
 * Adds up what tasks report beside their rows. Spark adds a task that succeeds once. The value
 * never changes but is replaced, for heartbeats read it while the task goes on.
 */
final class SumAccumulator<T extends Summand<T>> extends AccumulatorV2<T, T> {
  private static final long serialVersionUID = 1L;

  private final T none;
  private volatile T sum;

  /** A sum that begins with this one, which tells of nothing. */
  SumAccumulator(T none) {
    this.none = none;
    this.sum = none;
  }

  @Override
  public boolean isZero() {
    return sum.equals(none);
  }

  @Override
  public AccumulatorV2<T, T> copy() {
    SumAccumulator<T> copy = new SumAccumulator<>(none);
    copy.sum = sum;
    return copy;
  }

  @Override
  public void reset() {
    sum = none;
  }

  @Override
  public synchronized void add(T part) {
    sum = sum.plus(part);
  }

  @Override
  public void merge(AccumulatorV2<T, T> other) {
    add(other.value());
  }

  @Override
  public T value() {
    return sum;
  }
}
