package convoy.worker.network;

import convoy.worker.image.minibatch.Minibatch;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Finds the layer of a network, in the order in which it computes, where numbers are first infinite
 * or NaN. Layers have DL4J's names whatever engine ran them. Good numbers cost one look at each; a
 * DL4J graph is built only where something is wrong.
 */
public final class FirstBadLayer {
  private FirstBadLayer() {}

  /**
   * The first layer with a parameter that is not finite; empty if all are.
   *
   * @param parameters the flat vector of {@code network}, batch-norm statistics included
   */
  public static Optional<String> inParameters(NetworkSpec network, float[] parameters) {
    int bad = firstNotFinite(parameters);
    if (bad < 0) {
      return Optional.empty();
    }
    ComputationGraph graph = Dl4jGraphs.trained(network, parameters);
    try {
      long end = 0;
      for (int index : graph.topologicalSortOrder()) {
        GraphVertex vertex = graph.getVertices()[index];
        end += vertex.numParams();
        if (bad < end) {
          return Optional.of(vertex.getVertexName());
        }
      }
    } finally {
      graph.close();
    }
    throw new IllegalStateException("Cannot tell whose parameter %d is".formatted(bad));
  }

  /**
   * The first layer with an output that is not finite in a forward pass as in training, by DL4J;
   * empty if all are.
   *
   * @param parameters the flat vector of {@code network}, all finite
   */
  public static Optional<String> inOutputs(
      NetworkSpec network, float[] parameters, Minibatch minibatch) {
    ComputationGraph graph = Dl4jGraphs.trained(network, parameters);
    try (INDArray images = Dl4jArrays.images(minibatch)) {
      Map<String, INDArray> outputs = graph.feedForward(new INDArray[] {images}, true);
      for (int index : graph.topologicalSortOrder()) {
        String name = graph.getVertices()[index].getVertexName();
        if (firstNotFinite(outputs.get(name).dup().data().asFloat()) >= 0) {
          return Optional.of(name);
        }
      }
      return Optional.empty();
    } finally {
      graph.close();
    }
  }

  private static int firstNotFinite(float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        return i;
      }
    }
    return -1;
  }
}
