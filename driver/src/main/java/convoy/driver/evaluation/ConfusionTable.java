package convoy.driver.evaluation;

import convoy.driver.failure.Shown;
import convoy.worker.evaluation.ConfusionMatrix;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A confusion matrix as text for people. Of many classes it is not the whole matrix, which would
 * fill no screen, but a row for each of those that are recognised worst.
 */
public final class ConfusionTable {
  /** Columns of 8 letters, and no more than fit on a wide terminal. */
  private static final int MOST_CLASSES = 20;

  private static final int NARROWEST = 8;

  private ConfusionTable() {}

  /**
   * The table with its headings: one line per class, row = true class, column = prediction; for
   * more than {@value #MOST_CLASSES} classes, one line for each of so many of the lowest recall.
   */
  public static String of(List<String> labels, ConfusionMatrix matrix) {
    List<String> names = labels.stream().map(Shown::name).toList();
    return names.size() > MOST_CLASSES ? lowestRecall(names, matrix) : whole(names, matrix);
  }

  private static String whole(List<String> labels, ConfusionMatrix matrix) {
    int width = Math.max(NARROWEST, labels.stream().mapToInt(String::length).max().orElse(0) + 1);
    String cell = "%" + width + "s";
    StringBuilder text =
        new StringBuilder("confusion matrix, row = true class, column = prediction\n");
    text.append(cell.formatted(""));
    labels.forEach(label -> text.append(cell.formatted(label)));
    text.append('\n');
    for (int row = 0; row < labels.size(); row++) {
      text.append(cell.formatted(labels.get(row)));
      for (int column = 0; column < labels.size(); column++) {
        text.append(cell.formatted(matrix.at(row, column)));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String lowestRecall(List<String> labels, ConfusionMatrix matrix) {
    List<Integer> worst =
        IntStream.range(0, labels.size())
            .filter(label -> matrix.actual(label) > 0)
            .boxed()
            .sorted(Comparator.comparingDouble(matrix::recall))
            .limit(MOST_CLASSES)
            .toList();
    int width = worst.stream().mapToInt(label -> labels.get(label).length()).max().orElse(0);
    String row = "%-" + Math.max(NARROWEST, width) + "s %8s %8s %8s  %s%n";
    StringBuilder text =
        new StringBuilder(
            "the %d of %d classes with the lowest recall%n".formatted(worst.size(), labels.size()));
    text.append(row.formatted("class", "images", "correct", "recall", "most often taken for"));
    for (int label : worst) {
      text.append(
          String.format(
              Locale.ROOT,
              row,
              labels.get(label),
              matrix.actual(label),
              matrix.at(label, label),
              String.format(Locale.ROOT, "%.4f", matrix.recall(label)),
              mistakenFor(label, labels, matrix)));
    }
    return text.toString();
  }

  /** The wrong class that images of {@code label} were given most often, with how often. */
  private static String mistakenFor(int label, List<String> labels, ConfusionMatrix matrix) {
    return IntStream.range(0, labels.size())
        .filter(other -> other != label && matrix.at(label, other) > 0)
        .boxed()
        .max(
            Comparator.comparingLong((Integer other) -> matrix.at(label, other))
                .thenComparing(Comparator.reverseOrder()))
        .map(other -> "%s (%d)".formatted(labels.get(other), matrix.at(label, other)))
        .orElse("");
  }
}
