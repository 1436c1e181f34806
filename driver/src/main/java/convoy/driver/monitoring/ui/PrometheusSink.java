package convoy.driver.monitoring.ui;

import com.codahale.metrics.MetricRegistry;
import convoy.driver.monitoring.metrics.PrometheusText;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import javax.servlet.http.HttpServletRequest;
import org.apache.spark.SparkConf;
import org.apache.spark.metrics.MetricsConfig;
import org.apache.spark.metrics.sink.PrometheusServlet;

/**
 * Spark's page {@code /metrics/prometheus}, on which Convoy's metrics have their own names, with
 * help and type. Spark's own metrics are there as Spark writes them.
 */
public final class PrometheusSink extends PrometheusServlet {
  private static final String PATH = "/metrics/prometheus";
  private static final String SOURCE = "plugin." + ConvoyPlugin.class.getName() + ".";
  private static final String SOURCE_AS_SPARK_WRITES_IT = SOURCE.replaceAll("[^a-zA-Z0-9]", "_");

  /** Spark calls it so. */
  public PrometheusSink(Properties properties, MetricRegistry registry) {
    super(properties, registry);
  }

  /** Has the driver serve the page, unless the user has settings for one. */
  public static void configure(SparkConf conf) {
    MetricsConfig users = new MetricsConfig(conf);
    users.initialize();
    if (!users.getInstance("driver").containsKey("sink.prometheusServlet.class")) {
      conf.set(
              "spark.metrics.conf.driver.sink.prometheusServlet.class",
              PrometheusSink.class.getName())
          .set("spark.metrics.conf.driver.sink.prometheusServlet.path", PATH);
    }
  }

  @Override
  public String getMetricsSnapshot(HttpServletRequest request) {
    String ofSpark =
        super.getMetricsSnapshot(request)
            .lines()
            .filter(line -> !line.contains(SOURCE_AS_SPARK_WRITES_IT))
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    Map<String, Double> ofConvoy = ofConvoy();
    return ofSpark
        + PrometheusText.of(series -> ofConvoy.getOrDefault(series.registryName(), Double.NaN));
  }

  private Map<String, Double> ofConvoy() {
    Map<String, Double> values = new HashMap<>();
    registry()
        .getGauges()
        .forEach(
            (name, gauge) -> {
              int source = name.indexOf(SOURCE);
              if (source >= 0 && gauge.getValue() instanceof Double value) {
                values.put(name.substring(source + SOURCE.length()), value);
              }
            });
    return values;
  }
}
