package convoy.driver.monitoring.metrics;

import convoy.driver.monitoring.metrics.RunMetric.Series;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The metrics in the text format of Prometheus, version 0.0.4: each with its help and its type.
 * Those without a value are left out.
 */
public final class PrometheusText {
  private PrometheusText() {}

  /**
   * The text of all metrics.
   *
   * @param values of the series; not a number where there is none
   */
  public static String of(ToDoubleFunction<Series> values) {
    StringBuilder text = new StringBuilder();
    for (RunMetric metric : RunMetric.values()) {
      List<String> samples =
          metric.series().stream()
              .filter(series -> !Double.isNaN(values.applyAsDouble(series)))
              .map(series -> sample(series, values.applyAsDouble(series)))
              .toList();
      if (!samples.isEmpty()) {
        text.append("# HELP %s %s\n".formatted(metric.metricName(), metric.help()));
        text.append("# TYPE %s %s\n".formatted(metric.metricName(), metric.type().word()));
        samples.forEach(text::append);
      }
    }
    return text.toString();
  }

  private static String sample(Series series, double value) {
    String label = series.metric().label();
    String labels = label.isEmpty() ? "" : "{%s=\"%s\"}".formatted(label, series.labelValue());
    return "%s%s %s\n".formatted(series.metric().metricName(), labels, value);
  }
}
