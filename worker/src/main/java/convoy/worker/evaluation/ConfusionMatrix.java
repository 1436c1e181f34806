package convoy.worker.evaluation;

import java.io.Serializable;
import java.util.Arrays;

/**
 * How often each class was taken for each other: whole counts, row = true class, column = predicted
 * class. Merging is exact and its order does not matter.
 */
public final class ConfusionMatrix implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int classes;
  private final long[] counts;

  /** All zero, for that many classes. */
  public ConfusionMatrix(int classes) {
    this(classes, new long[classes * classes]);
  }

  private ConfusionMatrix(int classes, long[] counts) {
    this.classes = classes;
    this.counts = counts;
  }

  /** Counts one image; both classes from 0. */
  public void count(int trueClass, int predictedClass) {
    count(trueClass, predictedClass, 1);
  }

  /** Counts {@code images} at once, 0 or more. */
  public void count(int trueClass, int predictedClass, long images) {
    counts[trueClass * classes + predictedClass] += images;
  }

  /** The counts of both together. */
  public ConfusionMatrix plus(ConfusionMatrix other) {
    long[] sums = counts.clone();
    Arrays.setAll(sums, i -> counts[i] + other.counts[i]);
    return new ConfusionMatrix(classes, sums);
  }

  /** The number of classes. */
  public int classes() {
    return classes;
  }

  /** Images of {@code trueClass} that were taken for {@code predictedClass}. */
  public long at(int trueClass, int predictedClass) {
    return counts[trueClass * classes + predictedClass];
  }

  /** All images counted. */
  public long total() {
    return Arrays.stream(counts).sum();
  }

  /** Images classified rightly. */
  public long correct() {
    long sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += at(c, c);
    }
    return sum;
  }

  /** The share of images classified rightly, 0 to 1; NaN if none was counted. */
  public double accuracy() {
    return (double) correct() / total();
  }

  /** Images whose true class this is. */
  public long actual(int trueClass) {
    long sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += at(trueClass, c);
    }
    return sum;
  }

  /** Images that were taken for this class. */
  public long predicted(int predictedClass) {
    long sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += at(c, predictedClass);
    }
    return sum;
  }

  /** The share of a class's images that were found, 0 to 1; NaN if it has none. */
  public double recall(int trueClass) {
    return (double) at(trueClass, trueClass) / actual(trueClass);
  }

  /** The share of rightly so called among images called this class; NaN if there are none. */
  public double precision(int predictedClass) {
    return (double) at(predictedClass, predictedClass) / predicted(predictedClass);
  }
}
