package convoy.worker.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Settings that ND4J and DL4J read once, when their classes load; so this runs before any of them
 * is touched. It turns DL4J's oneDNN layer helpers on (they are off unless asked for, see {@code
 * org.nd4j.nativeblas.Nd4jCpu} for the rest) and names the native library built with oneDNN.
 */
public final class Dl4jRuntime {
  static {
    System.setProperty("org.eclipse.deeplearning4j.helpers.disable", "false");
    System.setProperty("org.bytedeco.javacpp.platform.extension", "-onednn");
  }

  private Dl4jRuntime() {}

  /** Does nothing but run the initializer above, once a process. */
  public static void prepare() {}

  /** The version of DL4J, as its jar says; packaging into another jar keeps it. */
  public static String version() {
    String file = "/META-INF/maven/org.deeplearning4j/deeplearning4j-nn/pom.properties";
    try (InputStream in = ComputationGraph.class.getResourceAsStream(file)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
