package convoy.worker.engine.onednn.operator;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import convoy.worker.engine.onednn.plan.Onednn;
import convoy.worker.engine.onednn.plan.PlanBuilder;
import convoy.worker.engine.onednn.plan.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;

/**
 * The element-wise sum of two or more inputs of one shape.
 *
 * @param isRectified whether a rectifier follows
 */
public record Addition(boolean isRectified) implements Rectifiable {
  @Override
  public Addition rectified() {
    return new Addition(true);
  }

  @Override
  public Pass forward(PlanBuilder plan, List<Operand> inputs) {
    // oneDNN 2.5.2 writes beyond a padded tensor when it rectifies a sum.
    boolean rectifiesSum =
        isRectified && inputs.stream().noneMatch(input -> input.tensor().isPadded());
    Tensor sum = sum(plan, inputs, Rectification.after(rectifiesSum));
    if (isRectified && !rectifiesSum) {
      return rectified(plan, inputs.size(), sum);
    }
    return new Pass(
        sum,
        isRectified,
        gradient ->
            Collections.nCopies(
                inputs.size(),
                isRectified ? Rectification.backward(plan, sum, gradient) : gradient.tensor()));
  }

  private static Pass rectified(PlanBuilder plan, int terms, Tensor sum) {
    Pass rectifier = new Rectifier().forward(plan, List.of(new Operand(sum, true, true)));
    return new Pass(
        rectifier.output(),
        true,
        gradient -> Collections.nCopies(terms, rectifier.backward().gradients(gradient).get(0)));
  }

  /** The sum of one or more tensors of one shape. */
  public static Tensor sum(PlanBuilder plan, List<Operand> terms) {
    return sum(plan, terms, new post_ops());
  }

  private static Tensor sum(PlanBuilder plan, List<Operand> terms, post_ops operations) {
    Operand sum = terms.get(0);
    for (int i = 1; i < terms.size(); i++) {
      boolean last = i == terms.size() - 1;
      Tensor result = sum(plan, sum, terms.get(i), last ? operations : new post_ops());
      sum = new Operand(result, true, true);
    }
    return sum.tensor();
  }

  /** The sum of two, written over one of them if that may be. */
  private static Tensor sum(PlanBuilder plan, Operand first, Operand second, post_ops operations) {
    boolean swapped = second.disposable() && !first.disposable();
    Operand target = swapped ? second : first;
    Operand other = swapped ? first : second;
    memory.desc layout = target.tensor().layout();
    Tensor result = target.target(plan);
    binary.primitive_desc description =
        new binary.primitive_desc(
            new binary.desc(algorithm.binary_add, layout, layout, layout),
            plan.attributes(operations),
            Onednn.CPU);
    plan.run(
        "sum",
        0,
        description,
        new binary(description),
        Map.of(
            DNNL_ARG_SRC_0, target.tensor(),
            DNNL_ARG_SRC_1, plan.relaid(other.tensor(), layout),
            DNNL_ARG_DST, result));
    return result;
  }
}
