package convoy.bench;

import convoy.bench.worker.Workload;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Measurements as a table to read. Each row compares with the better layout of PyTorch beside it.
 */
final class MarkdownTable {
  /** What the columns are. */
  static final String LEGEND =
      "images/s: median of n repetitions. MiB: the most resident memory of one process. x PyTorch: ratio to the better of"
          + " the two layouts measured beside it.";

  private static final String HEAD =
      """
      | network | mode | threads | engine | images/s | lowest to highest | n | MiB | x PyTorch |
      |---|---|---|---|---|---|---|---|---|
      """;

  private MarkdownTable() {}

  /** The table: one group after the other, each being what was measured side by side. */
  static String of(List<List<Measurement>> groups) {
    StringBuilder table = new StringBuilder(HEAD);
    for (List<Measurement> group : groups) {
      OptionalDouble pytorch =
          group.stream()
              .filter(m -> m.failure().isEmpty() && EngineLaunch.isPyTorch(m.workload().engine()))
              .mapToDouble(Measurement::median)
              .max();
      group.forEach(measurement -> table.append(row(measurement, pytorch)));
    }
    return table.toString();
  }

  private static String row(Measurement measurement, OptionalDouble pytorch) {
    Workload workload = measurement.workload();
    String what =
        "| %s | %s | %d | %s |"
            .formatted(
                workload.network(), workload.mode().label(), workload.threads(), workload.engine());
    if (measurement.failure().isPresent()) {
      return what + " failed: " + measurement.failure().get().replace("|", "/") + " | | | | |\n";
    }
    double median = measurement.median();
    return what
        + String.format(
            Locale.ROOT,
            " %.1f | %.1f to %.1f | %d | %s | %s |\n",
            median,
            measurement.lowest(),
            measurement.highest(),
            measurement.imagesPerSecond().size(),
            measurement.peakMebibytes() == 0 ? "" : measurement.peakMebibytes(),
            pytorch.isEmpty() ? "" : ratio(median / pytorch.getAsDouble()));
  }

  private static String ratio(double ratio) {
    return String.format(Locale.ROOT, ratio < 0.1 ? "%.3f" : "%.2f", ratio);
  }
}
