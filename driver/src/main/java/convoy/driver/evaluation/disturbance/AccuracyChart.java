package convoy.driver.evaluation.disturbance;

import convoy.worker.image.disturbance.Disturbance;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Accuracy over strength as an SVG line chart, a line for each kind. Colours are those of Okabe and
 * Ito, "Color Universal Design", 2008, which people with any colour vision tell apart; marks differ
 * too.
 */
final class AccuracyChart {
  private static final Map<Disturbance, Style> STYLES =
      Map.of(
          Disturbance.ROTATION, new Style("#0072b2", "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0"),
          Disturbance.LIGHT, new Style("#e69f00", "M-3.5 -3.5h7v7h-7z"),
          Disturbance.NOISE, new Style("#009e73", "M0 -5L4.5 3.5H-4.5z"),
          Disturbance.BLUR, new Style("#cc79a7", "M0 -5L5 0L0 5L-5 0z"),
          Disturbance.OCCLUSION, new Style("#000000", "M0 5L4.5 -3.5H-4.5z"),
          Disturbance.SHIFT, new Style("#56b4e9", "M-5 0H5M0 -5V5"),
          Disturbance.JPEG, new Style("#d55e00", "M-4 -4L4 4M-4 4L4 -4"));

  /**
   * How a line looks.
   *
   * @param colour of the line and its marks
   * @param mark the outline of a mark about its middle
   */
  private record Style(String colour, String mark) {}

  private static final int LEFT = 70;
  private static final int RIGHT = 600;
  private static final int TOP = 16;
  private static final int BOTTOM = 336;
  private static final int LEGEND = 630;
  private static final int LEGEND_LINE = 26;
  private static final String START =
      """
      <svg viewBox="0 0 760 400" role="img" aria-label="Accuracy over strength of the disturbance, a line for each kind">
      """;
  private static final String AXES =
      """
      <text x="335" y="388" class="axis">strength of the disturbance</text>
      <text transform="translate(18 176) rotate(-90)" class="axis">accuracy</text>
      """;

  private final DisturbanceSummary summary;
  private final int tenths;

  private AccuracyChart(DisturbanceSummary summary) {
    this.summary = summary;
    double highest =
        Disturbance.all().stream()
            .flatMapToDouble(
                kind ->
                    IntStream.rangeClosed(0, Disturbance.STRENGTHS)
                        .mapToDouble(strength -> summary.accuracy(kind, strength)))
            .max()
            .orElseThrow();
    this.tenths = Math.max(1, (int) Math.ceil(10 * highest));
  }

  /** The chart as an element of a page. */
  static String of(DisturbanceSummary summary) {
    AccuracyChart chart = new AccuracyChart(summary);
    return START
        + chart.grid()
        + AXES
        + Disturbance.all().stream().map(chart::line).collect(Collectors.joining())
        + chart.legend()
        + "</svg>\n";
  }

  private String grid() {
    StringBuilder grid = new StringBuilder();
    for (int tenth = 0; tenth <= tenths; tenth++) {
      double y = y(tenth / 10.0);
      grid.append(
          format(
              "<path d=\"M%d %.1fH%d\" class=\"grid\"/><text x=\"%d\" y=\"%.1f\" class=\"scale\">%.1f</text>%n",
              LEFT, y, RIGHT, LEFT - 8, y + 4, tenth / 10.0));
    }
    for (int strength = 0; strength <= Disturbance.STRENGTHS; strength++) {
      grid.append(
          format(
              "<text x=\"%.1f\" y=\"%d\" class=\"axis\">%s</text>%n",
              x(strength), BOTTOM + 22, strength == 0 ? "clean" : strength));
    }
    return grid.toString();
  }

  private String line(Disturbance kind) {
    StringBuilder path = new StringBuilder();
    StringBuilder marks = new StringBuilder();
    for (int strength = 0; strength <= Disturbance.STRENGTHS; strength++) {
      double accuracy = summary.accuracy(kind, strength);
      path.append(format("%s%.1f %.1f", strength == 0 ? "M" : "L", x(strength), y(accuracy)));
      marks.append(
          mark(
              kind,
              x(strength),
              y(accuracy),
              format("%s, strength %d: %.4f", kind.word(), strength, accuracy)));
    }
    return format("<g stroke=\"%s\">%n<path d=\"%s\" class=\"line\"/>%n", colour(kind), path)
        + marks
        + "</g>\n";
  }

  /** The kinds from the highest to the lowest end of their lines. */
  private String legend() {
    List<Disturbance> kinds =
        Disturbance.all().stream()
            .sorted(
                Comparator.comparingDouble(kind -> -summary.accuracy(kind, Disturbance.STRENGTHS)))
            .toList();
    StringBuilder legend = new StringBuilder();
    for (int i = 0; i < kinds.size(); i++) {
      Disturbance kind = kinds.get(i);
      int y = TOP + 20 + i * LEGEND_LINE;
      legend.append(
          format(
              "<g stroke=\"%s\"><path d=\"M%d %dh32\" class=\"line\"/>%s</g><text x=\"%d\" y=\"%d\">%s</text>%n",
              colour(kind),
              LEGEND,
              y,
              mark(kind, LEGEND + 16, y, kind.word()),
              LEGEND + 42,
              y + 5,
              kind.word()));
    }
    return legend.toString();
  }

  private static String mark(Disturbance kind, double x, double y, String title) {
    return format(
        "<path d=\"%s\" transform=\"translate(%.1f %.1f)\" fill=\"%s\" stroke-width=\"2\"><title>%s</title></path>%n",
        STYLES.get(kind).mark(), x, y, colour(kind), title);
  }

  private static String colour(Disturbance kind) {
    return STYLES.get(kind).colour();
  }

  private static double x(int strength) {
    return LEFT + 20 + (RIGHT - LEFT - 40.0) * strength / Disturbance.STRENGTHS;
  }

  private double y(double accuracy) {
    return BOTTOM - (BOTTOM - TOP) * accuracy * 10 / tenths;
  }

  private static String format(String template, Object... values) {
    return String.format(Locale.ROOT, template, values);
  }
}
