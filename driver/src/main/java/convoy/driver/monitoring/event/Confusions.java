package convoy.driver.monitoring.event;

import convoy.worker.evaluation.ConfusionMatrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A confusion matrix in a few numbers, whatever the number of classes.
 *
 * @param classes one per class; the {@value #MOST_CLASSES} of the lowest recall if there are more
 * @param matrix images by true class (row) and predicted class; empty with more than {@value
 *     #MOST_MATRIX_CLASSES} classes
 * @param pairs the pairs of classes most often confused, most often first
 */
public record Confusions(
    List<ClassFigures> classes, List<List<Long>> matrix, List<ConfusedPair> pairs) {
  private static final int MOST_CLASSES = 200;
  private static final int MOST_MATRIX_CLASSES = 30;
  private static final int MOST_PAIRS = 20;

  /**
   * How well a class was recognised.
   *
   * @param label its number, from 0
   * @param images that it has
   * @param recall share of these that were found; null without images
   * @param precision share of rightly so called among images called this class; null if none was
   * @param f1 the harmonic mean of both; null without either
   */
  public record ClassFigures(int label, long images, Double recall, Double precision, Double f1) {}

  /**
   * A class that was taken for another.
   *
   * @param actual the true class
   * @param predicted what it was taken for
   * @param images how often
   */
  public record ConfusedPair(int actual, int predicted, long images) {}

  /** The confusions that a matrix tells of. */
  public static Confusions of(ConfusionMatrix matrix) {
    List<ClassFigures> classes =
        IntStream.range(0, matrix.classes())
            .filter(label -> matrix.actual(label) + matrix.predicted(label) > 0)
            .mapToObj(label -> figures(matrix, label))
            .toList();
    if (classes.size() > MOST_CLASSES) {
      classes =
          classes.stream()
              .filter(figures -> figures.recall() != null)
              .sorted(Comparator.comparing(ClassFigures::recall))
              .limit(MOST_CLASSES)
              .toList();
    }
    return new Confusions(classes, cells(matrix), pairs(matrix));
  }

  private static ClassFigures figures(ConfusionMatrix matrix, int label) {
    return new ClassFigures(
        label,
        matrix.actual(label),
        finite(matrix.recall(label)),
        finite(matrix.precision(label)),
        finite(matrix.f1(label)));
  }

  private static Double finite(double value) {
    return Double.isNaN(value) ? null : (Double) value;
  }

  private static List<List<Long>> cells(ConfusionMatrix matrix) {
    if (matrix.classes() > MOST_MATRIX_CLASSES) {
      return List.of();
    }
    return IntStream.range(0, matrix.classes())
        .mapToObj(
            actual ->
                IntStream.range(0, matrix.classes())
                    .mapToObj(predicted -> matrix.at(actual, predicted))
                    .toList())
        .toList();
  }

  private static List<ConfusedPair> pairs(ConfusionMatrix matrix) {
    List<ConfusedPair> pairs = new ArrayList<>();
    matrix.forEachPair(
        (actual, predicted, images) -> {
          if (actual != predicted) {
            pairs.add(new ConfusedPair(actual, predicted, images));
          }
        });
    return pairs.stream()
        .sorted(
            Comparator.comparing(ConfusedPair::images)
                .reversed()
                .thenComparing(ConfusedPair::actual)
                .thenComparing(ConfusedPair::predicted))
        .limit(MOST_PAIRS)
        .toList();
  }
}
