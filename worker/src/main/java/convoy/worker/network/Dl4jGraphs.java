package convoy.worker.network;

import java.io.IOException;
import java.io.OutputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Networks as DL4J graphs with parameters: for engines to run or to read, and as files for people
 * who use DL4J.
 */
public final class Dl4jGraphs {
  static {
    Dl4jRuntime.prepare();
  }

  private Dl4jGraphs() {}

  /**
   * Writes a trained network as the zip file that DL4J's {@code ModelSerializer} reads, without
   * optimizer state. The stream stays open.
   */
  public static void write(NetworkSpec network, float[] parameters, OutputStream out)
      throws IOException {
    ComputationGraph graph = trained(network, parameters);
    try {
      ModelSerializer.writeModel(graph, out, false);
    } finally {
      graph.close();
    }
  }

  /**
   * Checks the length of a parameter vector.
   *
   * @throws IllegalArgumentException if {@code network} has another number of parameters
   */
  public static void requireParameters(NetworkSpec network, int count) {
    long needed = network.parameterCount();
    if (count != needed) {
      throw new IllegalArgumentException(
          "Cannot load %d parameters into %s: it has %d".formatted(count, network.name(), needed));
    }
  }

  /** A graph with the initial parameters of its configuration's seed. */
  public static ComputationGraph initialised(ComputationGraphConfiguration configuration) {
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    return graph;
  }

  /**
   * A graph with these parameters, to predict with.
   *
   * @throws IllegalArgumentException if the network has another number of parameters
   */
  public static ComputationGraph trained(NetworkSpec network, float[] parameters) {
    requireParameters(network, parameters.length);
    ComputationGraph graph = initialised(network.configuration());
    try (INDArray flat = Nd4j.createFromArray(parameters)) {
      graph.setParams(flat.reshape(1, parameters.length));
    }
    return graph;
  }
}
