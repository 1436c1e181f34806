package convoy.worker.engine.onednn;

import convoy.worker.engine.onednn.operator.Operator;
import java.util.List;

/**
 * A place in a network's graph.
 *
 * @param name the layer's
 * @param operator what it computes
 * @param inputs names of the nodes whose results it takes
 */
record Node(String name, Operator operator, List<String> inputs) {
  Node with(List<String> otherInputs) {
    return new Node(name, operator, otherInputs);
  }
}
