package convoy.worker.engine.dl4j;

import convoy.worker.engine.Engine;
import convoy.worker.engine.InferenceNetwork;
import convoy.worker.engine.TrainingNetwork;
import convoy.worker.network.Dl4jRuntime;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** DL4J's own {@code ComputationGraph}, its convolutions done by oneDNN: the reference engine. */
public final class Dl4jEngine implements Engine {
  /** The name it is chosen by. */
  public static final String NAME = "dl4j";

  static {
    Dl4jRuntime.prepare();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public TrainingNetwork openTraining(TrainingSpec training, int batchSize, long seed) {
    return new Dl4jTrainingNetwork(
        Dl4jGraphs.initialised(training.configuration(seed)),
        training.network().classes(),
        training.labelSmoothing());
  }

  @Override
  public InferenceNetwork openInference(NetworkSpec network, float[] parameters, int batchSize) {
    return new Dl4jInferenceNetwork(Dl4jGraphs.trained(network, parameters));
  }

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
