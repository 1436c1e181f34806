package convoy.driver.sweep;

import convoy.worker.image.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * What a sweep found: for each point the accuracy of the published model of each run, its mean over
 * the seeds and their standard deviation. It is the accuracy on the validation images where the set
 * has some: who chooses between points by it chooses nothing on the test images. Without them it is
 * the test accuracy after the last epoch, never the best one.
 */
public final class SweepTable {

  /**
   * What one training run came to.
   *
   * @param point the keys it varied, with their values
   * @param seed of the training
   * @param value accuracy of its published model, 0 to 1; empty if it was stopped
   */
  record Accuracy(Map<String, String> point, long seed, OptionalDouble value) {}

  private final SweepGrid grid;
  private final List<String> columns;
  private final List<Accuracy> accuracies;

  /**
   * A table.
   *
   * @param split that accuracies are measured on
   */
  SweepTable(SweepGrid grid, Split split, List<Accuracy> accuracies) {
    this.grid = grid;
    String measured = split == Split.VALIDATION ? "validation " : "";
    this.columns =
        List.of(
            "trainings",
            "mean %saccuracy".formatted(measured),
            "standard deviation",
            "%saccuracies by seed".formatted(measured));
    this.accuracies = List.copyOf(accuracies);
  }

  /** A Markdown table, one row per point; points without a training run so far are left out. */
  public String markdown() {
    return rows().stream()
        .map(row -> "| " + String.join(" | ", row) + " |\n")
        .collect(Collectors.joining())
        .replaceFirst("\n", "\n" + "|---".repeat(grid.keys().size() + columns.size()) + "|\n");
  }

  /** The same rows as comma-separated values; no cell holds a comma or a quote. */
  public String csv() {
    return rows().stream().map(row -> String.join(",", row) + "\n").collect(Collectors.joining());
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    List<String> heading = new ArrayList<>(grid.keys());
    heading.addAll(columns);
    rows.add(heading);
    for (Map<String, String> point : grid.points()) {
      List<Accuracy> ofPoint = accuracies.stream().filter(a -> a.point().equals(point)).toList();
      if (!ofPoint.isEmpty()) {
        rows.add(row(point, ofPoint));
      }
    }
    return rows;
  }

  private List<String> row(Map<String, String> point, List<Accuracy> ofPoint) {
    List<String> row = new ArrayList<>();
    grid.keys().forEach(key -> row.add(point.getOrDefault(key, "")));
    double[] values =
        ofPoint.stream().flatMapToDouble(accuracy -> accuracy.value().stream()).toArray();
    boolean stopped = values.length < ofPoint.size();
    row.add(Integer.toString(ofPoint.size()));
    row.add(stopped ? "stopped" : number(mean(values)));
    row.add(stopped || values.length < 2 ? "" : number(deviation(values)));
    row.add(
        ofPoint.stream()
            .map(
                a ->
                    a.seed()
                        + ": "
                        + (a.value().isPresent() ? number(a.value().getAsDouble()) : "stopped"))
            .collect(Collectors.joining("; ")));
    return row;
  }

  private static double mean(double... values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Of a sample: over n - 1. */
  private static double deviation(double... values) {
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (values.length - 1));
  }

  private static String number(double accuracy) {
    return String.format(Locale.ROOT, "%.4f", accuracy);
  }
}
