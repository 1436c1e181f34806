package convoy.driver.evaluation;

import convoy.worker.evaluation.ConfusionMatrix;
import java.util.List;

/** A confusion matrix as a table for people: row = true class, column = prediction. */
public final class ConfusionTable {
  private static final int NARROWEST = 8;

  private ConfusionTable() {}

  /** The table with its headings, a line a class. */
  public static String of(List<String> labels, ConfusionMatrix matrix) {
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
}
