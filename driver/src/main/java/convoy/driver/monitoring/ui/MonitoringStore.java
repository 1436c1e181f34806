package convoy.driver.monitoring.ui;

import convoy.driver.monitoring.history.Mishap;
import convoy.driver.monitoring.history.PredictionView;
import convoy.driver.monitoring.history.RunView;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.util.kvstore.KVStore;
import org.apache.spark.util.kvstore.KVStoreIterator;

/** What the tab shows, in Spark's store of what its UI shows. */
final class MonitoringStore {
  private final KVStore store;

  MonitoringStore(KVStore store) {
    this.store = store;
  }

  /** Keeps the run of that number in its application, in place of what was kept of it. */
  void write(int number, RunView view) {
    write(new RunRecord(number, view));
  }

  /**
   * Keeps the prediction job of that number in its application, in place of what was kept of it.
   */
  void write(int number, PredictionView view) {
    write(new PredictionRecord(number, view));
  }

  /** Keeps the mishap of that number in its application. */
  void write(int number, Mishap mishap) {
    write(new MishapRecord(number, mishap));
  }

  /** The runs, in the order of their numbers. */
  List<RunView> runs() {
    return all(RunRecord.class).stream().map(run -> run.view).toList();
  }

  /** The prediction jobs, in the order of their numbers. */
  List<PredictionView> predictions() {
    return all(PredictionRecord.class).stream().map(job -> job.view).toList();
  }

  /** The mishaps, in the order of their numbers. */
  List<Mishap> mishaps() {
    return all(MishapRecord.class).stream().map(mishap -> mishap.mishap).toList();
  }

  private void write(Object entry) {
    try {
      store.write(entry);
    } catch (Exception e) {
      throw new IllegalStateException("Cannot write to Spark's store", e);
    }
  }

  private <T> List<T> all(Class<T> type) {
    List<T> all = new ArrayList<>();
    try (KVStoreIterator<T> entries = store.view(type).closeableIterator()) {
      entries.forEachRemaining(all::add);
    } catch (Exception e) {
      throw new IllegalStateException("Cannot read from Spark's store", e);
    }
    return all;
  }
}
