package convoy.worker.engine.onednn;

import convoy.worker.engine.onednn.operator.Addition;
import convoy.worker.engine.onednn.operator.Concatenation;
import convoy.worker.engine.onednn.operator.ImageInput;
import convoy.worker.engine.onednn.operator.Operator;
import convoy.worker.engine.onednn.operator.StepContext;
import convoy.worker.image.ImageShape;
import convoy.worker.network.TrainingLoss;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Reads an initialised DL4J graph as operators whose parameters lie where DL4J has them. */
final class GraphReader {
  private final ComputationGraph graph;
  private final ImageShape shape;
  private final StepContext context;
  private final LayerReader layers;
  private final List<Node> nodes = new ArrayList<>();

  /** The node that holds a vertex's result: another one's where the vertex does nothing. */
  private final Map<String, String> results = new HashMap<>();

  GraphReader(ComputationGraph graph, ImageShape shape, TrainingLoss loss, StepContext context) {
    this.graph = graph;
    this.shape = shape;
    this.context = context;
    this.layers = new LayerReader(graph, loss, context);
  }

  /**
   * The graph.
   *
   * @throws UnsupportedLayerException if it holds a layer that the engine does not know
   */
  OperatorGraph read() {
    ComputationGraphConfiguration configuration = graph.getConfiguration();
    for (int i : graph.topologicalSortOrder()) {
      String name = graph.getVertices()[i].getVertexName();
      if (configuration.getNetworkInputs().contains(name)) {
        add(name, List.of(), List.of(new ImageInput(shape, context)));
      } else {
        List<String> inputs =
            configuration.getVertexInputs().get(name).stream().map(results::get).toList();
        add(name, inputs, operators(name, configuration.getVertices().get(name)));
      }
    }
    return new OperatorGraph(nodes, List.copyOf(configuration.getNetworkOutputs()));
  }

  private List<Operator> operators(String name, GraphVertex vertex) {
    if (vertex instanceof LayerVertex layer) {
      return layers.read(name, layer);
    }
    if (vertex instanceof ElementWiseVertex sum && sum.getOp() == ElementWiseVertex.Op.Add) {
      return List.of(new Addition(false));
    }
    if (vertex instanceof MergeVertex) {
      return List.of(new Concatenation());
    }
    throw new UnsupportedLayerException(name, vertex.toString());
  }

  /** Adds a vertex's operators, one behind the other; the last one has the vertex's name. */
  private void add(String name, List<String> inputs, List<Operator> operators) {
    List<String> last = inputs;
    for (int i = 0; i < operators.size(); i++) {
      boolean isLast = i == operators.size() - 1;
      String node = isLast ? name : name + "/" + (i + 1);
      nodes.add(new Node(node, operators.get(i), last));
      last = List.of(node);
    }
    results.put(name, last.get(0));
  }
}
