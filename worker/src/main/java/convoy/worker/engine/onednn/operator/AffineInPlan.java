package convoy.worker.engine.onednn.operator;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import convoy.worker.engine.onednn.plan.Onednn;
import convoy.worker.engine.onednn.plan.PlanBuilder;
import convoy.worker.engine.onednn.plan.Tensor;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc;

/**
 * What a convolution and a dense layer have in common in a plan: weights and biases that lie in the
 * flat vectors, and the three primitives that use them.
 *
 * @param plan that the primitives are added to
 * @param name of the layer's kind of work
 * @param outputs channels or units of the result
 * @param affine where weights and biases lie
 * @param weights in the flat parameter vector
 * @param operations of each of the three primitives, see {@link
 *     convoy.worker.engine.onednn.plan.Step}
 */
record AffineInPlan(
    PlanBuilder plan, String name, int outputs, Affine affine, Tensor weights, double operations) {
  /** Adds the forward pass from {@code source} to {@code output}. */
  void forward(primitive_desc description, primitive execution, Tensor source, Tensor output) {
    Map<Integer, Tensor> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_SRC, source);
    arguments.put(DNNL_ARG_WEIGHTS, plan.relaidParameters(weights, description.weights_desc()));
    arguments.put(DNNL_ARG_DST, output);
    if (affine.hasBias()) {
      arguments.put(DNNL_ARG_BIAS, plan.parameters(affine.biasOffset(), biasLayout()));
    }
    plan.run(name, operations, description, execution, arguments);
  }

  /** Adds the gradients of weights and biases, which end in the flat gradient vector. */
  void backwardWeights(
      primitive_desc description, primitive execution, Tensor source, Tensor gradient) {
    Tensor target = plan.gradients(affine.weightOffset(), weights.layout());
    boolean sameLayout = description.diff_weights_desc().equals(weights.layout());
    Tensor result = sameLayout ? target : plan.tensor(description.diff_weights_desc());
    Map<Integer, Tensor> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_SRC, plan.relaid(source, description.src_desc()));
    arguments.put(DNNL_ARG_DIFF_DST, plan.relaid(gradient, description.diff_dst_desc()));
    arguments.put(DNNL_ARG_DIFF_WEIGHTS, result);
    if (affine.hasBias()) {
      arguments.put(DNNL_ARG_DIFF_BIAS, plan.gradients(affine.biasOffset(), biasLayout()));
    }
    plan.run(name + " weights", operations, description, execution, arguments);
    if (!sameLayout) {
      plan.copy(result, target);
    }
  }

  /** Adds the gradient of the input. */
  Tensor backwardData(primitive_desc description, primitive execution, Tensor gradient) {
    Tensor result = plan.tensor(description.diff_src_desc());
    plan.run(
        name + " data",
        operations,
        description,
        execution,
        Map.of(
            DNNL_ARG_DIFF_DST, plan.relaid(gradient, description.diff_dst_desc()),
            DNNL_ARG_WEIGHTS, plan.relaidParameters(weights, description.weights_desc()),
            DNNL_ARG_DIFF_SRC, result));
    return result;
  }

  private memory.desc biasLayout() {
    return Onednn.rowMajor(outputs);
  }
}
