package convoy.driver.store;

import convoy.worker.evaluation.ConfusionMatrix;
import java.util.List;
import java.util.Locale;

/** The file {@code classes.csv} of a model: recall and precision of each class in the test. */
public final class ClassMeasuresCsv {
  private ClassMeasuresCsv() {}

  /**
   * The table: a heading, and one line per class with its label, images, correct ones, recall and
   * precision; these are 0 to 1, and empty where undefined.
   */
  public static String of(List<String> labels, ConfusionMatrix matrix) {
    StringBuilder csv = new StringBuilder("label,images,correct,recall,precision\n");
    for (int c = 0; c < labels.size(); c++) {
      csv.append(quoted(labels.get(c)))
          .append(',')
          .append(matrix.actual(c))
          .append(',')
          .append(matrix.at(c, c))
          .append(',')
          .append(share(matrix.recall(c)))
          .append(',')
          .append(share(matrix.precision(c)))
          .append('\n');
    }
    return csv.toString();
  }

  private static String share(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String quoted(String label) {
    boolean plain = label.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? label : '"' + label.replace("\"", "\"\"") + '"';
  }
}
