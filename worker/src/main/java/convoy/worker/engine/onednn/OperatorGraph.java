package convoy.worker.engine.onednn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A network as operators, each node behind those it takes its inputs from.
 *
 * @param nodes in topological order
 * @param outputs names of the nodes that compute losses or probabilities, the main one first
 */
record OperatorGraph(List<Node> nodes, List<String> outputs) {
  /** The node of that name. */
  Node node(String name) {
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow();
  }

  /** How often results of the node of that name are taken. */
  int uses(String name) {
    return nodes.stream().mapToInt(node -> Collections.frequency(node.inputs(), name)).sum();
  }

  /**
   * The graph without {@code removed}, a node whose result nobody but {@code successor} takes and
   * which {@code replacement} does the work of; it stands in the successor's place and has its
   * name.
   */
  OperatorGraph merge(Node removed, Node successor, Node replacement) {
    List<Node> merged = new ArrayList<>();
    for (Node node : nodes) {
      if (node.equals(successor)) {
        merged.add(replacement);
      } else if (!node.equals(removed)) {
        merged.add(node);
      }
    }
    return new OperatorGraph(merged, outputs);
  }

  /** The graph without {@code removed}; who took its result takes its one input. */
  OperatorGraph without(Node removed) {
    List<Node> others = new ArrayList<>();
    for (Node node : nodes) {
      if (!node.equals(removed)) {
        others.add(
            node.with(
                node.inputs().stream()
                    .map(name -> name.equals(removed.name()) ? removed.inputs().get(0) : name)
                    .toList()));
      }
    }
    return new OperatorGraph(others, outputs);
  }

  /** What the main output needs, without auxiliary outputs and all that serves only them. */
  OperatorGraph mainOutputOnly() {
    String main = outputs.get(0);
    Set<String> needed = new HashSet<>(Set.of(main));
    List<Node> kept = new ArrayList<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (needed.contains(node.name())) {
        needed.addAll(node.inputs());
        kept.add(0, node);
      }
    }
    return new OperatorGraph(kept, List.of(main));
  }
}
