package convoy.driver.evaluation.disturbance;

import convoy.worker.image.disturbance.Disturbance;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The file {@code disturbances.html}: figures, curve and pictures in one page that needs no other
 * file and no network.
 */
final class DisturbancePage {
  private static final String START =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Accuracy under disturbances</title>
      <style>
      body { font: 15px/1.5 system-ui, sans-serif; color: #222; background: #fff; max-width: 1060px; margin: 2rem auto; padding: 0 1rem; }
      h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
      p { max-width: 46rem; overflow-wrap: anywhere; }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
      th, td { padding: .25rem .7rem; border-bottom: 1px solid #ddd; text-align: right; }
      th { font-weight: 600; } th[scope=row], .text { text-align: left; } .text { min-width: 11rem; }
      tr.mean > * { border-top: 2px solid #888; font-weight: 600; }
      .sheet th, .sheet td { padding: 2px 3px; text-align: center; border: 0; }
      .sheet tbody td:nth-child(3n+2) { padding-left: 14px; }
      .sheet th[scope=row] { text-align: left; padding-right: .7rem; }
      .sheet img { display: inline-block; vertical-align: middle; image-rendering: pixelated; }
      svg { width: 100%; max-width: 860px; font: 13px system-ui, sans-serif; fill: #222; }
      svg .axis { text-anchor: middle; } svg .scale { text-anchor: end; }
      svg .grid { stroke: #ddd; } svg .line { fill: none; stroke-width: 2; }
      </style>
      </head>
      <body>
      <h1>Accuracy under disturbances</h1>
      """;

  private final DisturbanceSummary summary;

  private DisturbancePage(DisturbanceSummary summary) {
    this.summary = summary;
  }

  /**
   * The page.
   *
   * @param sheet the element with the pictures
   */
  static String of(DisturbanceSummary summary, String sheet) {
    DisturbancePage page = new DisturbancePage(summary);
    return START
        + page.heading()
        + AccuracyChart.of(summary)
        + page.accuracies()
        + page.strengths()
        + """
          <h2>Pictures</h2>
          <p>The first picture of each of the first classes, as the network sees it. What is drawn for a picture, such as the side that
          it is turned to, is the same at all strengths.</p>
          <div class="wide">
          """
        + sheet
        + "</div>\n</body>\n</html>\n";
  }

  private String heading() {
    return String.format(
        Locale.ROOT,
        "<p>Model %s<br>on the %,d %s images of %s</p>%n<p>%s.</p>%n",
        Html.escaped(summary.model()),
        summary.clean().confusionMatrix().total(),
        summary.split().word(),
        Html.escaped(summary.data()),
        Html.escaped(summary.sentence()));
  }

  private String accuracies() {
    return "<h2>Accuracy</h2>\n<div class=\"wide\">\n<table>\n"
        + "<tr><th scope=\"row\">kind</th><th>clean</th>"
        + strengthHeadings()
        + "<th>mean of 1 to "
        + Disturbance.STRENGTHS
        + "</th></tr>\n"
        + Disturbance.all().stream()
            .map(
                kind ->
                    row(
                        "",
                        kind.word(),
                        strength -> summary.accuracy(kind, strength),
                        summary.meanAccuracy(kind)))
            .collect(Collectors.joining())
        + row(" class=\"mean\"", "mean", summary::meanAccuracy, summary.meanAccuracy())
        + "</table>\n</div>\n";
  }

  private static String row(
      String attribute, String name, IntToDoubleFunction accuracy, double mean) {
    return "<tr%s><th scope=\"row\">%s</th>%s%s</tr>%n"
        .formatted(
            attribute,
            name,
            IntStream.rangeClosed(0, Disturbance.STRENGTHS)
                .mapToObj(strength -> cell(accuracy.applyAsDouble(strength)))
                .collect(Collectors.joining()),
            cell(mean));
  }

  private static String cell(double accuracy) {
    return String.format(Locale.ROOT, "<td>%.4f</td>", accuracy);
  }

  private String strengths() {
    return """
        <h2>What the strengths are</h2>
        <div class="wide">
        <table>
        <tr><th scope="row">kind</th>%s<th class="text">unit</th><th class="text">figures from</th></tr>
        %s</table>
        </div>
        """
        .formatted(
            strengthHeadings(),
            Disturbance.all().stream()
                .map(
                    kind ->
                        "<tr><th scope=\"row\">%s</th>%s<td class=\"text\">%s</td><td class=\"text\">%s</td></tr>%n"
                            .formatted(
                                kind.word(),
                                strengths(
                                    strength ->
                                        "<td>%s</td>".formatted(digits(kind.parameter(strength)))),
                                Html.escaped(kind.unit()),
                                Html.escaped(kind.source())))
                .collect(Collectors.joining()));
  }

  /** Three significant digits, in plain notation. */
  private static String digits(double value) {
    return BigDecimal.valueOf(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }

  private static String strengthHeadings() {
    return strengths("<th>%d</th>"::formatted);
  }

  private static String strengths(IntFunction<String> cell) {
    return IntStream.rangeClosed(1, Disturbance.STRENGTHS)
        .mapToObj(cell)
        .collect(Collectors.joining());
  }
}
