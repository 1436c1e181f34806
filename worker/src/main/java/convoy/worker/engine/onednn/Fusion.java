package convoy.worker.engine.onednn;

import convoy.worker.engine.onednn.operator.Addition;
import convoy.worker.engine.onednn.operator.Affine;
import convoy.worker.engine.onednn.operator.BatchNormalization;
import convoy.worker.engine.onednn.operator.Convolution;
import convoy.worker.engine.onednn.operator.Dropout;
import convoy.worker.engine.onednn.operator.Foldable;
import convoy.worker.engine.onednn.operator.Rectifiable;
import convoy.worker.engine.onednn.operator.Rectifier;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Turns neighbouring operators into one that does the work of both. */
final class Fusion {
  /** What two neighbours become, the second taking the first's result, if they can be one. */
  private interface Rule extends BiFunction<Node, Node, Optional<Node>> {}

  private Fusion() {}

  /** Rectifiers done by the operators before them. */
  static OperatorGraph forTraining(OperatorGraph graph) {
    return fuse(graph, Fusion::rectify);
  }

  /**
   * For prediction: no dropout; batch normalizations folded into the weights before them, which
   * changes {@code parameters}, a network's flat vector; then rectifiers, and residual sums, done
   * by convolutions.
   */
  static OperatorGraph forInference(OperatorGraph graph, FloatBuffer parameters) {
    OperatorGraph plain = withoutDropout(graph.mainOutputOnly());
    OperatorGraph folded = fuse(plain, (first, second) -> fold(first, second, parameters));
    return fuse(fuse(folded, Fusion::rectify), Fusion::addResidual);
  }

  private static OperatorGraph withoutDropout(OperatorGraph graph) {
    OperatorGraph plain = graph;
    for (Node node : graph.nodes()) {
      if (node.operator() instanceof Dropout) {
        plain = plain.without(plain.node(node.name()));
      }
    }
    return plain;
  }

  private static OperatorGraph fuse(OperatorGraph graph, Rule rule) {
    OperatorGraph fused = graph;
    for (Node second : graph.nodes()) {
      for (String input : second.inputs()) {
        Node first = fused.node(input);
        Optional<Node> one = fused.uses(input) == 1 ? rule.apply(first, second) : Optional.empty();
        if (one.isPresent()) {
          fused = fused.merge(first, second, one.get());
          break;
        }
      }
    }
    return fused;
  }

  private static Optional<Node> rectify(Node first, Node second) {
    return second.operator() instanceof Rectifier
            && first.operator() instanceof Rectifiable rectifiable
        ? Optional.of(new Node(second.name(), rectifiable.rectified(), first.inputs()))
        : Optional.empty();
  }

  /**
   * A batch normalization of known statistics is affine: it scales the weights of each output, and
   * the place of its shift, which nobody else will read, becomes the bias.
   */
  private static Optional<Node> fold(Node first, Node second, FloatBuffer parameters) {
    if (!(second.operator() instanceof BatchNormalization normalization)
        || !(first.operator() instanceof Foldable foldable)) {
      return Optional.empty();
    }
    Affine affine = foldable.affine();
    int shiftOffset = Math.toIntExact(normalization.shiftOffset());
    int weight = Math.toIntExact(affine.weightOffset());
    for (int c = 0; c < normalization.channels(); c++) {
      float variance = at(parameters, normalization.varianceOffset() + c);
      float mean = at(parameters, normalization.meanOffset() + c);
      double scale =
          at(parameters, normalization.offset() + c)
              / Math.sqrt(variance + (double) normalization.epsilon());
      for (int i = 0; i < affine.weightsPerOutput(); i++, weight++) {
        parameters.put(weight, (float) (parameters.get(weight) * scale));
      }
      double bias = affine.hasBias() ? at(parameters, affine.biasOffset() + c) : 0;
      float shift = parameters.get(shiftOffset + c);
      parameters.put(shiftOffset + c, (float) (shift + (bias - mean) * scale));
    }
    return Optional.of(
        new Node(second.name(), foldable.with(affine.withBias(shiftOffset)), first.inputs()));
  }

  private static float at(FloatBuffer values, long index) {
    return values.get(Math.toIntExact(index));
  }

  /** The convolution adds the sum's other input to its own result. */
  private static Optional<Node> addResidual(Node first, Node second) {
    if (!(second.operator() instanceof Addition addition)
        || !(first.operator() instanceof Convolution convolution)
        || convolution.isRectified()
        || second.inputs().size() != 2) {
      return Optional.empty();
    }
    int own = second.inputs().indexOf(first.name());
    String residual = second.inputs().get(1 - own);
    return Optional.of(
        new Node(
            second.name(),
            addition.isRectified() ? convolution.rectified() : convolution,
            List.of(first.inputs().get(0), residual)));
  }
}
