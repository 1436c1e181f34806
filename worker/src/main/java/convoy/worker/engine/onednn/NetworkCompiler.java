package convoy.worker.engine.onednn;

import convoy.worker.engine.onednn.operator.Addition;
import convoy.worker.engine.onednn.operator.ImageInput;
import convoy.worker.engine.onednn.operator.Operand;
import convoy.worker.engine.onednn.operator.Pass;
import convoy.worker.engine.onednn.plan.PlanBuilder;
import convoy.worker.engine.onednn.plan.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Puts the operators of a graph into a plan: forward in their order, and for training back again.
 */
final class NetworkCompiler {
  private final OperatorGraph graph;
  private final PlanBuilder plan;
  private final Map<String, Pass> passes = new HashMap<>();
  private final Map<String, Integer> unread = new HashMap<>();
  private final Map<String, List<Tensor>> gradients = new HashMap<>();

  private NetworkCompiler(OperatorGraph graph, PlanBuilder plan) {
    this.graph = graph;
    this.plan = plan;
  }

  /** Adds all of {@code graph} to {@code plan}. */
  static void compile(OperatorGraph graph, PlanBuilder plan) {
    NetworkCompiler compiler = new NetworkCompiler(graph, plan);
    compiler.forward();
    if (plan.training()) {
      compiler.backward();
    }
  }

  private void forward() {
    for (Node node : graph.nodes()) {
      node.inputs().forEach(input -> unread.merge(input, 1, Integer::sum));
    }
    for (Node node : graph.nodes()) {
      plan.layer(node.name());
      List<Operand> inputs = node.inputs().stream().map(this::operand).toList();
      passes.put(node.name(), inWords(node, () -> node.operator().forward(plan, inputs)));
      node.inputs().forEach(input -> unread.merge(input, -1, Integer::sum));
    }
  }

  /** What fails within oneDNN says only that a primitive could not be made; this says which. */
  private <T> T inWords(Node node, Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "Cannot compile layer '%s' for minibatches of %d with the oneDNN engine: %s (use the engine dl4j)"
              .formatted(node.name(), plan.batchSize(), e.getMessage()),
          e);
    }
  }

  /**
   * An input. In inference the last to read it may write over it; in training only one that alone
   * reads it, for others will read it once more on the way back.
   */
  private Operand operand(String name) {
    Pass pass = passes.get(name);
    boolean disposable =
        plan.training() ? graph.uses(name) == 1 && !pass.keepsOutput() : unread.get(name) == 1;
    return new Operand(
        pass.output(), disposable, !(graph.node(name).operator() instanceof ImageInput));
  }

  private void backward() {
    for (String output : graph.outputs()) {
      contribute(output, passes.get(output).output());
    }
    List<Node> lastFirst = new ArrayList<>(graph.nodes());
    Collections.reverse(lastFirst);
    for (Node node : lastFirst) {
      if (!(node.operator() instanceof ImageInput)) {
        plan.layer(node.name());
        Operand gradient = gradient(node.name());
        List<Tensor> inputGradients =
            inWords(node, () -> passes.get(node.name()).backward().gradients(gradient));
        for (int i = 0; i < inputGradients.size(); i++) {
          contribute(node.inputs().get(i), inputGradients.get(i));
        }
      }
    }
  }

  private void contribute(String name, Tensor gradient) {
    if (gradient != null) {
      gradients.computeIfAbsent(name, key -> new ArrayList<>()).add(gradient);
    }
  }

  /** The sum of what all who took the result of {@code name} have contributed. */
  private Operand gradient(String name) {
    List<Tensor> contributions =
        Objects.requireNonNull(gradients.remove(name), () -> "No loss depends on layer " + name);
    List<Operand> terms =
        contributions.stream().map(term -> new Operand(term, !isShared(term), true)).toList();
    Tensor sum = Addition.sum(plan, terms);
    return new Operand(sum, !isShared(sum), true);
  }

  /** Whether a tensor is also somebody else's gradient, as behind a sum. */
  private boolean isShared(Tensor tensor) {
    return gradients.values().stream().anyMatch(list -> list.contains(tensor));
  }
}
