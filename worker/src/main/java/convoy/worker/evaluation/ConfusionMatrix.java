package convoy.worker.evaluation;

import java.io.Serializable;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How often each class was taken for each other: whole counts, row = true class, column = predicted
 * class. Merging is exact and its order does not matter.
 *
 * <p>Only pairs that occur take memory, 64 bytes or less each: with 65,536 classes, a whole matrix
 * would take 32 GiB. They stand in a hash table with linear probing (Knuth, "The Art of Computer
 * Programming", volume 3, section 6.4, algorithm L), half full at most.
 */
public final class ConfusionMatrix implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int SMALLEST_TABLE = 16;

  private final int classes;

  /** true class x classes + predicted class + 1 of the pair in each place of the table; 0: none. */
  private long[] pairs = new long[SMALLEST_TABLE];

  /** How often the pair in the same place occurred. */
  private long[] counts = new long[SMALLEST_TABLE];

  private int size;

  /** Sums of rows and of columns, counted when first asked for, and anew after another image. */
  private transient long[] actual;

  private transient long[] predicted;

  /** All zero, for that many classes. */
  public ConfusionMatrix(int classes) {
    this.classes = classes;
  }

  /** Counts one image; both classes from 0. */
  public void count(int trueClass, int predictedClass) {
    count(trueClass, predictedClass, 1);
  }

  /** Counts {@code images} at once, 0 or more. */
  public void count(int trueClass, int predictedClass, long images) {
    add(pair(trueClass, predictedClass), images);
    actual = null;
  }

  /** The counts of both together. */
  public ConfusionMatrix plus(ConfusionMatrix other) {
    ConfusionMatrix sum = new ConfusionMatrix(classes);
    sum.addAll(this);
    sum.addAll(other);
    return sum;
  }

  private void addAll(ConfusionMatrix other) {
    for (int place = 0; place < other.pairs.length; place++) {
      if (other.pairs[place] != 0) {
        add(other.pairs[place], other.counts[place]);
      }
    }
  }

  private void add(long pair, long images) {
    int place = place(pair);
    if (pairs[place] == 0) {
      if (2 * (size + 1) > pairs.length) {
        grow();
        place = place(pair);
      }
      pairs[place] = pair;
      size++;
    }
    counts[place] += images;
  }

  private void grow() {
    long[] smallerPairs = pairs;
    long[] smallerCounts = counts;
    pairs = new long[2 * smallerPairs.length];
    counts = new long[pairs.length];
    for (int i = 0; i < smallerPairs.length; i++) {
      if (smallerPairs[i] != 0) {
        int place = place(smallerPairs[i]);
        pairs[place] = smallerPairs[i];
        counts[place] = smallerCounts[i];
      }
    }
  }

  /** Where the pair stands, or where it is to be put. */
  private int place(long pair) {
    int mask = pairs.length - 1;
    int place = Long.hashCode(pair * 0x9E3779B97F4A7C15L) & mask;
    while (pairs[place] != 0 && pairs[place] != pair) {
      place = place + 1 & mask;
    }
    return place;
  }

  private long pair(int trueClass, int predictedClass) {
    return (long) Objects.checkIndex(trueClass, classes) * classes
        + Objects.checkIndex(predictedClass, classes)
        + 1;
  }

  private void sumUp() {
    if (actual == null) {
      actual = new long[classes];
      predicted = new long[classes];
      for (int place = 0; place < pairs.length; place++) {
        if (pairs[place] != 0) {
          actual[(int) ((pairs[place] - 1) / classes)] += counts[place];
          predicted[(int) ((pairs[place] - 1) % classes)] += counts[place];
        }
      }
    }
  }

  /** The number of classes. */
  public int classes() {
    return classes;
  }

  /** Images of {@code trueClass} that were taken for {@code predictedClass}. */
  public long at(int trueClass, int predictedClass) {
    return counts[place(pair(trueClass, predictedClass))];
  }

  /** What is done with each pair of classes that occurs. */
  @FunctionalInterface
  public interface PairVisitor {
    /** Takes the number of images of a true class that were taken for a predicted class. */
    void visit(int trueClass, int predictedClass, long images);
  }

  /** Shows every pair that occurs, in no particular order. */
  public void forEachPair(PairVisitor visitor) {
    for (int place = 0; place < pairs.length; place++) {
      if (pairs[place] != 0) {
        visitor.visit(
            (int) ((pairs[place] - 1) / classes),
            (int) ((pairs[place] - 1) % classes),
            counts[place]);
      }
    }
  }

  /** All images counted. */
  public long total() {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
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
    sumUp();
    return actual[trueClass];
  }

  /** Images that were taken for this class. */
  public long predicted(int predictedClass) {
    sumUp();
    return predicted[predictedClass];
  }

  /** The share of a class's images that were found, 0 to 1; NaN if it has none. */
  public double recall(int trueClass) {
    return (double) at(trueClass, trueClass) / actual(trueClass);
  }

  /** The share of rightly so called among images called this class; NaN if there are none. */
  public double precision(int predictedClass) {
    return (double) at(predictedClass, predictedClass) / predicted(predictedClass);
  }

  /**
   * The harmonic mean of a class's precision and recall, 0 to 1: twice the images found over the
   * images of this class plus the images called this class. NaN if there are neither.
   */
  public double f1(int label) {
    return 2.0 * at(label, label) / (actual(label) + predicted(label));
  }

  /**
   * The mean of the recall of each class, whatever the number of its images, 0 to 1. Classes
   * without images are left out; NaN if no image was counted. It is scikit-learn's {@code
   * balanced_accuracy_score}.
   */
  public double macroRecall() {
    return meanOverClassesWithImages(this::recall);
  }

  /**
   * The mean of the {@link #f1} of each class, whatever the number of its images, 0 to 1. Classes
   * without images are left out; NaN if no image was counted. Of the two definitions in use this is
   * the mean of the F1, not the F1 of the mean precision and the mean recall, which favours heavily
   * biased classifiers (Opitz and Burst, "Macro F1 and Macro F1", 2019); it is scikit-learn's
   * {@code f1_score(average="macro")} with the labels of classes that have images.
   */
  public double macroF1() {
    return meanOverClassesWithImages(this::f1);
  }

  private double meanOverClassesWithImages(IntToDoubleFunction score) {
    return IntStream.range(0, classes)
        .filter(c -> actual(c) > 0)
        .mapToDouble(score)
        .average()
        .orElse(Double.NaN);
  }
}
