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
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;

/**
 * A pool over windows of each channel.
 *
 * @param kind maximum, or average with or without the padding
 * @param window the window; empty for one that covers the whole map
 */
public record Pooling(Kind kind, Optional<Window> window) implements Operator {
  /** What a pool takes of its window. */
  public enum Kind {
    /** The largest value. */
    MAXIMUM(algorithm.pooling_max),
    /** The mean of the pixels, those of the padding left out. */
    AVERAGE(algorithm.pooling_avg_exclude_padding),
    /** The mean, the padding counting as zeros. */
    AVERAGE_WITH_PADDING(algorithm.pooling_avg_include_padding);

    private final algorithm choice;

    Kind(algorithm choice) {
      this.choice = choice;
    }
  }

  @Override
  public Pass forward(PlanBuilder plan, List<Operand> inputs) {
    Operand input = inputs.get(0);
    Tensor source = input.tensor();
    long[] shape = source.dimensions();
    long[] map = {shape[2], shape[3]};
    Window actual = window.orElseGet(() -> Window.over(map[0], map[1]));
    long[] out = actual.outputSize(map);
    pooling_forward.primitive_desc description =
        new pooling_forward.primitive_desc(
            new pooling_forward.desc(
                plan.training() ? prop_kind.forward_training : prop_kind.forward_inference,
                kind.choice,
                source.layout(),
                Onednn.anyLayout(shape[0], shape[1], out[0], out[1]),
                actual.stride().toArray(),
                actual.kernel().toArray(),
                actual.paddingBefore(map),
                actual.paddingAfter(map)),
            plan.attributes(),
            Onednn.CPU);
    Tensor output = plan.tensor(description.dst_desc());
    Map<Integer, Tensor> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_SRC, source);
    arguments.put(DNNL_ARG_DST, output);
    if (plan.training() && kind == Kind.MAXIMUM) {
      arguments.put(DNNL_ARG_WORKSPACE, plan.tensor(description.workspace_desc()));
    }
    plan.run("pool", 0, description, new pooling_forward(description), arguments);
    return new Pass(
        output,
        false,
        gradient -> List.of(backward(plan, description, arguments, actual, map, gradient)));
  }

  private Tensor backward(
      PlanBuilder plan,
      pooling_forward.primitive_desc forward,
      Map<Integer, Tensor> forwardArguments,
      Window actual,
      long[] map,
      Operand gradient) {
    memory.desc inputLayout = forwardArguments.get(DNNL_ARG_SRC).layout();
    memory.desc outputLayout = forwardArguments.get(DNNL_ARG_DST).layout();
    pooling_backward.primitive_desc description =
        new pooling_backward.primitive_desc(
            new pooling_backward.desc(
                kind.choice,
                inputLayout,
                outputLayout,
                actual.stride().toArray(),
                actual.kernel().toArray(),
                actual.paddingBefore(map),
                actual.paddingAfter(map)),
            plan.attributes(),
            Onednn.CPU,
            forward);
    Map<Integer, Tensor> arguments = new HashMap<>(forwardArguments);
    arguments.remove(DNNL_ARG_SRC);
    arguments.remove(DNNL_ARG_DST);
    Tensor result = plan.tensor(inputLayout);
    arguments.put(DNNL_ARG_DIFF_DST, plan.relaid(gradient.tensor(), outputLayout));
    arguments.put(DNNL_ARG_DIFF_SRC, result);
    plan.run("pool backward", 0, description, new pooling_backward(description), arguments);
    return result;
  }
}
