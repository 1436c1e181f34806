package convoy.worker.engine.dl4j;

import convoy.worker.network.NetworkSpec;
import convoy.worker.network.OptimizerSpec;
import java.io.IOException;
import java.io.OutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Trained networks as DL4J graphs: for prediction, and as files for people who use DL4J. */
public final class Dl4jGraphs {
  /** A graph that only predicts never uses its optimizer; the plainest one has no state. */
  private static final OptimizerSpec NO_OPTIMIZER = new OptimizerSpec.Sgd(0, 0);

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
    ComputationGraph graph = new ComputationGraph(network.configuration(NO_OPTIMIZER, 0));
    graph.init();
    requireParameters(network, count, graph);
    graph.close();
  }

  /** An initialised graph; the same seed, the same parameters. */
  public static ComputationGraph untrained(
      NetworkSpec network, OptimizerSpec optimizer, long seed) {
    ComputationGraph graph = new ComputationGraph(network.configuration(optimizer, seed));
    graph.init();
    return graph;
  }

  /** A graph with these parameters, to predict with. */
  public static ComputationGraph trained(NetworkSpec network, float[] parameters) {
    ComputationGraph graph = new ComputationGraph(network.configuration(NO_OPTIMIZER, 0));
    graph.init();
    requireParameters(network, parameters.length, graph);
    try (INDArray flat = Nd4j.createFromArray(parameters)) {
      graph.setParams(flat.reshape(1, parameters.length));
    }
    return graph;
  }

  private static void requireParameters(NetworkSpec network, int count, ComputationGraph graph) {
    if (count != graph.numParams()) {
      throw new IllegalArgumentException(
          "Cannot load %d parameters into %s: it has %d"
              .formatted(count, network.name(), graph.numParams()));
    }
  }
}
