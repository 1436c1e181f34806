package convoy.driver.monitoring.ui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.spark.ui.SparkUI;
import org.apache.spark.ui.SparkUITab;

/**
 * The tab "Training" in the UI of an application, its own or the History Server's. Spark's classes
 * of tabs and pages are no stable API; no package but this one knows them.
 */
final class TrainingTab extends SparkUITab {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MonitoringStore store;
  private final boolean live;

  private TrainingTab(SparkUI ui, MonitoringStore store, boolean live) {
    super(ui, "training");
    this.store = store;
    this.live = live;
    attachPage(new TrainingTabPage(this));
  }

  /**
   * Adds the tab to a UI.
   *
   * @param live whether the application runs in this process
   */
  static void attach(SparkUI ui, MonitoringStore store, boolean live) {
    ui.attachTab(new TrainingTab(ui, store, live));
  }

  @Override
  public String name() {
    return "Training";
  }

  /** What there is to show now. */
  JsonNode json() {
    return JSON.valueToTree(
        new MonitoringView(
            System.currentTimeMillis(), live, store.runs(), store.predictions(), store.mishaps()));
  }
}
