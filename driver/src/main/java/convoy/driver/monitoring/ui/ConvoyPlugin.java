package convoy.driver.monitoring.ui;

import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/** Adds the tab "Training" to the UI of the application that names it in {@code spark.plugins}. */
public final class ConvoyPlugin implements SparkPlugin {
  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      @Override
      public Map<String, String> init(SparkContext spark, PluginContext context) {
        MonitoringStore store = new MonitoringStore(spark.statusStore().store());
        spark.listenerBus().addToStatusQueue(new MonitoringListener(store));
        if (spark.ui().isDefined()) {
          TrainingTab.attach(spark.ui().get(), store, true);
        }
        return Map.of();
      }
    };
  }

  /** None: executors have nothing to show. */
  @Override
  public ExecutorPlugin executorPlugin() {
    return null;
  }
}
