package convoy.driver.store;

import convoy.worker.evaluation.ConfusionMatrix;
import java.util.List;
import java.util.Locale;

/** How each class did, as CSV: label, images, found, recall, precision. */
public final class ClassTable {
  private ClassTable() {}

  /** The table, a line a class below its heading; shares 0 to 1, empty where undefined. */
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
