package convoy.driver;

import convoy.driver.config.ConfigSources;
import convoy.driver.config.ConvoyConfig;
import convoy.driver.session.ConvoySparkConf;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Starts Spark with two threads in this process, under Convoy's settings, for one test class. */
public final class LocalSpark implements BeforeAllCallback, AfterAllCallback {
  private final String master;
  private final List<String> settings;
  private JavaSparkContext context;

  private LocalSpark(String master, List<String> settings) {
    this.master = master;
    this.settings = settings;
  }

  /** Spark with two slots; {@code settings} are those of Convoy's configuration. */
  public static LocalSpark withTwoSlots(String... settings) {
    return new LocalSpark("local[2]", List.of(settings));
  }

  /** Spark with one slot. */
  public static LocalSpark withOneSlot(String... settings) {
    return new LocalSpark("local[1]", List.of(settings));
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
    context = new JavaSparkContext(conf);
  }

  @Override
  public void afterAll(ExtensionContext test) {
    context.close();
  }
}
