package convoy.driver.monitoring.ui;

import convoy.driver.monitoring.metrics.MetricValues;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.ReplayListenerBus;
import org.apache.spark.util.kvstore.InMemoryStore;

/** What the History Server makes of an application's event log. */
final class EventLogReplay {
  private EventLogReplay() {}

  /** What it would show of the one application whose log lies in {@code spark.eventLog.dir}. */
  static MonitoringStore of(JavaSparkContext spark) throws IOException {
    MonitoringStore replayed = new MonitoringStore(new InMemoryStore());
    ReplayListenerBus bus = new ReplayListenerBus();
    bus.addListener(new MonitoringListener(replayed, new MetricValues()));
    Path directory = Path.of(URI.create(spark.getConf().get("spark.eventLog.dir")));
    try (Stream<Path> logs = Files.list(directory)) {
      try (InputStream log =
          Files.newInputStream(
              logs.filter(Files::isRegularFile)
                  .filter(path -> !path.getFileName().toString().endsWith(".crc"))
                  .findFirst()
                  .orElseThrow())) {
        bus.replay(log, "log", true, line -> true);
      }
    }
    return replayed;
  }
}
