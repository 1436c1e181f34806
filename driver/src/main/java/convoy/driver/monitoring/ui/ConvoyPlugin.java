package convoy.driver.monitoring.ui;

import com.codahale.metrics.Gauge;
import convoy.driver.monitoring.metrics.MetricValues;
import convoy.driver.monitoring.metrics.RunMetric;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Adds the tab "Training" to the UI of the application that names it in {@code spark.plugins}, and
 * {@link RunMetric}s to Spark's metrics system.
 */
public final class ConvoyPlugin implements SparkPlugin {
  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      private final MetricValues metrics = new MetricValues();

      @Override
      public Map<String, String> init(SparkContext spark, PluginContext context) {
        MonitoringStore store = new MonitoringStore(spark.statusStore().store());
        spark.listenerBus().addToStatusQueue(new MonitoringListener(store, metrics));
        if (spark.ui().isDefined()) {
          TrainingTab.attach(spark.ui().get(), store, true);
        }
        return Map.of();
      }

      @Override
      public void registerMetrics(String application, PluginContext context) {
        RunMetric.allSeries()
            .forEach(
                series ->
                    context
                        .metricRegistry()
                        .register(series.registryName(), (Gauge<Double>) () -> metrics.of(series)));
      }
    };
  }

  /** None: executors have nothing to show. */
  @Override
  public ExecutorPlugin executorPlugin() {
    return null;
  }
}
