package convoy.driver.monitoring.ui;

import convoy.driver.monitoring.metrics.MetricValues;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.status.AppHistoryServerPlugin;
import org.apache.spark.status.ElementTrackingStore;
import org.apache.spark.ui.SparkUI;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Adds the tab "Training" to the History Server, for applications that trained or classified. The
 * server finds it where Convoy's jar is on its class path.
 */
public final class ConvoyHistoryPlugin implements AppHistoryServerPlugin {
  @Override
  public Seq<SparkListener> createListeners(SparkConf conf, ElementTrackingStore store) {
    return JavaConverters.asScalaBuffer(
        List.of(new MonitoringListener(new MonitoringStore(store), new MetricValues())));
  }

  @Override
  public void setupUI(SparkUI ui) {
    MonitoringStore store = new MonitoringStore(ui.store().store());
    if (!store.runs().isEmpty() || !store.predictions().isEmpty()) {
      TrainingTab.attach(ui, store, false);
    }
  }
}
