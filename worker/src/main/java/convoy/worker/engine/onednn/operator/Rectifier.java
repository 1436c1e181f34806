package convoy.worker.engine.onednn.operator;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import convoy.worker.engine.onednn.plan.Onednn;
import convoy.worker.engine.onednn.plan.PlanBuilder;
import convoy.worker.engine.onednn.plan.Tensor;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;

/** The rectifier, max(0, x), where no other operator can take it over. */
public record Rectifier() implements Operator {
  @Override
  public Pass forward(PlanBuilder plan, List<Operand> inputs) {
    Operand input = inputs.get(0);
    eltwise_forward.primitive_desc description =
        new eltwise_forward.primitive_desc(
            new eltwise_forward.desc(
                prop_kind.forward_training,
                algorithm.eltwise_relu_use_dst_for_bwd,
                input.tensor().layout(),
                0,
                0),
            plan.attributes(),
            Onednn.CPU);
    Tensor output = input.target(plan);
    plan.run(
        "rectifier",
        0,
        description,
        new eltwise_forward(description),
        Map.of(DNNL_ARG_SRC, input.tensor(), DNNL_ARG_DST, output));
    return new Pass(
        output, true, gradient -> List.of(Rectification.backward(plan, output, gradient)));
  }
}
