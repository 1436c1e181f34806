package convoy.driver;

import convoy.driver.config.ConfigSources;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.session.ConvoySparkConf;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Starts Spark with two threads in this process, under Convoy's settings, for one test class. */
public final class LocalSpark implements BeforeAllCallback, AfterAllCallback {
  private final String master;
  private final Map<String, String> sparkSettings;
  private final List<String> settings;
  private JavaSparkContext context;

  private LocalSpark(String master, Map<String, String> sparkSettings, List<String> settings) {
    this.master = master;
    this.sparkSettings = sparkSettings;
    this.settings = settings;
  }

  /** Spark with two slots; {@code settings} are those of Convoy's configuration. */
  public static LocalSpark withTwoSlots(String... settings) {
    return new LocalSpark("local[2]", Map.of(), List.of(settings));
  }

  /** Spark with one slot. */
  public static LocalSpark withOneSlot(String... settings) {
    return new LocalSpark("local[1]", Map.of(), List.of(settings));
  }

  /** Spark with two slots and its UI on a free port. */
  public static LocalSpark withUi() {
    return new LocalSpark(
        "local[2]", Map.of("spark.ui.enabled", "true", "spark.ui.port", "0"), List.of());
  }

  /** Spark with two slots and its UI on a free port, which writes its event log to a directory. */
  public static LocalSpark withUi(Path eventLogs) {
    return new LocalSpark(
        "local[2]",
        Map.of(
            "spark.ui.enabled", "true",
            "spark.ui.port", "0",
            "spark.eventLog.enabled", "true",
            "spark.eventLog.dir", eventLogs.toUri().toString()),
        List.of());
  }

  /** The context, while tests run. */
  public JavaSparkContext context() {
    return context;
  }

  /** This Spark's configuration with more settings. */
  public ConvoyConfig config(String... more) {
    return config(List.of(), more);
  }

  /** This Spark's configuration with some settings, and with more over those. */
  public ConvoyConfig config(List<String> some, String... more) {
    List<String> all = new ArrayList<>(settings);
    all.addAll(some);
    all.addAll(List.of(more));
    return ConvoyConfig.load(ConfigSources.of(all.toArray(new String[0])));
  }

  @Override
  public void beforeAll(ExtensionContext test) {
    SparkConf conf =
        ConvoySparkConf.of("tests", config())
            .setMaster(master)
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1");
    sparkSettings.forEach(conf::set);
    context = new JavaSparkContext(conf);
  }

  @Override
  public void afterAll(ExtensionContext test) {
    context.close();
  }
}
