package convoy.worker.engine.onednn.operator;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import convoy.worker.engine.onednn.plan.Onednn;
import convoy.worker.engine.onednn.plan.PlanBuilder;
import convoy.worker.engine.onednn.plan.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.lrn_backward;
import org.bytedeco.dnnl.lrn_forward;
import org.bytedeco.dnnl.memory;

/**
 * Local response normalization across channels (Krizhevsky et al., "ImageNet Classification with
 * Deep Convolutional Neural Networks", 2012, section 3.3): x / (k + alpha * sum of squares)^beta.
 *
 * @param channels the number of neighbouring channels summed, an odd number
 */
public record ResponseNormalization(int channels, float k, float alpha, float beta)
    implements Operator {
  @Override
  public Pass forward(PlanBuilder plan, List<Operand> inputs) {
    Tensor source = inputs.get(0).tensor();
    lrn_forward.primitive_desc description =
        new lrn_forward.primitive_desc(
            new lrn_forward.desc(
                plan.training() ? prop_kind.forward_training : prop_kind.forward_inference,
                algorithm.lrn_across_channels,
                source.layout(),
                channels,
                alphaOfMean(),
                beta,
                k),
            plan.attributes(),
            Onednn.CPU);
    Tensor output = plan.tensor(description.dst_desc());
    Map<Integer, Tensor> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_SRC, source);
    arguments.put(DNNL_ARG_DST, output);
    memory.desc workspace = description.workspace_desc();
    if (workspace.get_size() > 0) {
      arguments.put(DNNL_ARG_WORKSPACE, plan.tensor(workspace));
    }
    plan.run("response normalization", 0, description, new lrn_forward(description), arguments);
    return new Pass(
        output, false, gradient -> List.of(backward(plan, description, arguments, gradient)));
  }

  /** oneDNN takes the coefficient of the mean square, the paper and DL4J that of the sum. */
  private float alphaOfMean() {
    return alpha * channels;
  }

  private Tensor backward(
      PlanBuilder plan,
      lrn_forward.primitive_desc forward,
      Map<Integer, Tensor> forwardArguments,
      Operand gradient) {
    memory.desc layout = forwardArguments.get(DNNL_ARG_SRC).layout();
    lrn_backward.primitive_desc description =
        new lrn_backward.primitive_desc(
            new lrn_backward.desc(
                algorithm.lrn_across_channels, layout, layout, channels, alphaOfMean(), beta, k),
            plan.attributes(),
            Onednn.CPU,
            forward);
    Map<Integer, Tensor> arguments = new HashMap<>(forwardArguments);
    arguments.remove(DNNL_ARG_DST);
    Tensor result = plan.tensor(layout);
    arguments.put(DNNL_ARG_DIFF_DST, plan.relaid(gradient.tensor(), layout));
    arguments.put(DNNL_ARG_DIFF_SRC, result);
    plan.run(
        "response normalization backward",
        0,
        description,
        new lrn_backward(description),
        arguments);
    return result;
  }
}
