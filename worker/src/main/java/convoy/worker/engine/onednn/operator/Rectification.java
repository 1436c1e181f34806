package convoy.worker.engine.onednn.operator;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;

import convoy.worker.engine.onednn.plan.Onednn;
import convoy.worker.engine.onednn.plan.PlanBuilder;
import convoy.worker.engine.onednn.plan.Tensor;
import java.util.Map;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;

/** The rectifier as a part of other operators: on their results, and on the way back. */
final class Rectification {
  private Rectification() {}

  /** The operations on a primitive's result: the rectifier, or nothing. */
  static post_ops after(boolean rectified) {
    post_ops operations = new post_ops();
    if (rectified) {
      append(operations);
    }
    return operations;
  }

  static void append(post_ops operations) {
    operations.append_eltwise(1, algorithm.eltwise_relu, 0, 0);
  }

  /** The gradient with respect to what went into the rectifier, from what came out of it. */
  static Tensor backward(PlanBuilder plan, Tensor output, Operand gradient) {
    memory.desc layout = output.layout();
    eltwise_forward.primitive_desc forward =
        new eltwise_forward.primitive_desc(
            new eltwise_forward.desc(
                prop_kind.forward_training, algorithm.eltwise_relu_use_dst_for_bwd, layout, 0, 0),
            plan.attributes(),
            Onednn.CPU);
    eltwise_backward.primitive_desc description =
        new eltwise_backward.primitive_desc(
            new eltwise_backward.desc(algorithm.eltwise_relu_use_dst_for_bwd, layout, layout, 0, 0),
            plan.attributes(),
            Onednn.CPU,
            forward);
    Operand incoming = gradient.relaid(plan, layout);
    Tensor result = incoming.target(plan);
    plan.run(
        "rectifier backward",
        0,
        description,
        new eltwise_backward(description),
        Map.of(
            DNNL_ARG_DST, output, DNNL_ARG_DIFF_DST, incoming.tensor(), DNNL_ARG_DIFF_SRC, result));
    return result;
  }
}
