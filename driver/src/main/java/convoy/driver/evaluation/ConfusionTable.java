package convoy.driver.evaluation;

import convoy.driver.failure.Shown;
import convoy.driver.monitoring.event.Confusions;
import convoy.driver.monitoring.event.Confusions.ConfusedPair;
import convoy.worker.evaluation.ConfusionMatrix;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A confusion matrix as text for people, of at most {@value #COLUMNS} columns. Of many classes it
 * is not the whole matrix, which would fill no screen, but a row for each of those that are
 * recognised worst. The pairs of classes that are confused most often are listed below.
 */
public final class ConfusionTable {
  private static final int COLUMNS = 100;
  private static final int MOST_CLASSES = 20;
  private static final int MOST_PAIRS = 10;

  /** Of one cell, a blank before it included. */
  private static final int USUAL_WIDTH = 8;

  /** Of a class name at the beginning of a row. */
  private static final int WIDEST_NAME = 30;

  private ConfusionTable() {}

  /**
   * The table with its headings: one line per class, row = true class, column = prediction; for
   * more than {@value #MOST_CLASSES} classes, or counts too long for their columns, one line for
   * each of so many of the lowest recall.
   */
  public static String of(List<String> labels, ConfusionMatrix matrix) {
    List<String> names = labels.stream().map(Shown::name).toList();
    int nameWidth = Math.max(USUAL_WIDTH, Math.min(WIDEST_NAME, longest(names)));
    int cell =
        Math.min(Math.max(USUAL_WIDTH, longest(names) + 1), (COLUMNS - nameWidth) / names.size());
    String table =
        names.size() > MOST_CLASSES || cell <= longestCount(matrix)
            ? lowestRecall(names, matrix)
            : whole(names, matrix, nameWidth, cell);
    return table + mostConfused(names, matrix);
  }

  private static String whole(
      List<String> names, ConfusionMatrix matrix, int nameWidth, int cellWidth) {
    String cell = "%" + cellWidth + "s";
    String name = "%" + nameWidth + "s";
    List<String> heads = names.stream().map(head -> cut(head, cellWidth - 1)).toList();
    boolean numbered = new HashSet<>(heads).size() < heads.size();
    StringBuilder text =
        new StringBuilder("confusion matrix, row = true class, column = prediction");
    text.append(numbered ? " in the order of the rows\n" : "\n").append(name.formatted(""));
    for (int column = 0; column < heads.size(); column++) {
      text.append(cell.formatted(numbered ? column + 1 : heads.get(column)));
    }
    text.append('\n');
    for (int row = 0; row < names.size(); row++) {
      text.append(name.formatted(cut(names.get(row), nameWidth)));
      for (int column = 0; column < names.size(); column++) {
        text.append(cell.formatted(matrix.at(row, column)));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String lowestRecall(List<String> names, ConfusionMatrix matrix) {
    List<Integer> worst =
        IntStream.range(0, names.size())
            .filter(label -> matrix.actual(label) > 0)
            .boxed()
            .sorted(Comparator.comparingDouble(matrix::recall))
            .limit(MOST_CLASSES)
            .toList();
    int width = Math.min(WIDEST_NAME, longest(worst.stream().map(names::get).toList()));
    String row = "%-" + Math.max(USUAL_WIDTH, width) + "s %8s %8s %8s  %s%n";
    StringBuilder text =
        new StringBuilder(
            "the %d of %d classes with the lowest recall%n".formatted(worst.size(), names.size()));
    text.append(row.formatted("class", "images", "correct", "recall", "most often taken for"));
    for (int label : worst) {
      text.append(
          String.format(
              Locale.ROOT,
              row,
              cut(names.get(label), WIDEST_NAME),
              matrix.actual(label),
              matrix.at(label, label),
              String.format(Locale.ROOT, "%.4f", matrix.recall(label)),
              mistakenFor(label, names, matrix)));
    }
    return text.toString();
  }

  /** The wrong class that images of {@code label} were given most often, with how often. */
  private static String mistakenFor(int label, List<String> names, ConfusionMatrix matrix) {
    return IntStream.range(0, names.size())
        .filter(other -> other != label && matrix.at(label, other) > 0)
        .boxed()
        .max(
            Comparator.comparingLong((Integer other) -> matrix.at(label, other))
                .thenComparing(Comparator.reverseOrder()))
        .map(
            other ->
                "%s (%d)".formatted(cut(names.get(other), WIDEST_NAME), matrix.at(label, other)))
        .orElse("");
  }

  private static String mostConfused(List<String> names, ConfusionMatrix matrix) {
    List<ConfusedPair> pairs = Confusions.of(matrix).pairs().stream().limit(MOST_PAIRS).toList();
    if (pairs.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("most often confused\n");
    for (ConfusedPair pair : pairs) {
      text.append(
          "%8d %s taken for %s%n"
              .formatted(
                  pair.images(),
                  cut(names.get(pair.actual()), WIDEST_NAME),
                  cut(names.get(pair.predicted()), WIDEST_NAME)));
    }
    return text.toString();
  }

  private static int longest(List<String> names) {
    return names.stream().mapToInt(String::length).max().orElse(0);
  }

  private static int longestCount(ConfusionMatrix matrix) {
    return IntStream.range(0, matrix.classes())
        .mapToObj(label -> Long.toString(Math.max(matrix.actual(label), matrix.predicted(label))))
        .mapToInt(String::length)
        .max()
        .orElse(0);
  }

  /** The name, with a dot for its end where it is too long. */
  private static String cut(String name, int width) {
    return name.length() <= width ? name : name.substring(0, width - 1) + ".";
  }
}
