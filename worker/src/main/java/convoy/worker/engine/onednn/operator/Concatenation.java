package convoy.worker.engine.onednn.operator;

import convoy.worker.engine.onednn.plan.Onednn;
import convoy.worker.engine.onednn.plan.PlanBuilder;
import convoy.worker.engine.onednn.plan.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;

/** The channels of several inputs, one input behind the other. */
public record Concatenation() implements Operator {
  private static final int CHANNELS = 1;

  @Override
  public Pass forward(PlanBuilder plan, List<Operand> inputs) {
    long[] shape = inputs.get(0).tensor().dimensions();
    shape[CHANNELS] = inputs.stream().mapToLong(Concatenation::channels).sum();
    memory.desc layout = layout(inputs, shape);
    Tensor output = plan.tensor(layout);
    List<Tensor> parts = parts(inputs, output);
    for (int i = 0; i < parts.size(); i++) {
      plan.copy(inputs.get(i).tensor(), parts.get(i));
    }
    return new Pass(output, false, gradient -> backward(plan, inputs, layout, gradient));
  }

  private static long channels(Operand input) {
    return input.tensor().dimensions()[CHANNELS];
  }

  /** The first input's blocked layout if every part begins with a block, else a plain one. */
  private static memory.desc layout(List<Operand> inputs, long[] shape) {
    if (shape.length == 4) {
      for (Blocked blocked : Blocked.values()) {
        Tensor first = inputs.get(0).tensor();
        boolean fits = inputs.stream().allMatch(input -> channels(input) % blocked.size == 0);
        if (fits && first.layout().equals(Onednn.layout(blocked.tag, first.dimensions()))) {
          return Onednn.layout(blocked.tag, shape);
        }
      }
    }
    return Onednn.rowMajor(shape);
  }

  private enum Blocked {
    SIXTEEN(memory.format_tag.nChw16c, 16),
    EIGHT(memory.format_tag.nChw8c, 8);

    private final memory.format_tag tag;
    private final int size;

    Blocked(memory.format_tag tag, int size) {
      this.tag = tag;
      this.size = size;
    }
  }

  /** The inputs' places within {@code whole}. */
  private static List<Tensor> parts(List<Operand> inputs, Tensor whole) {
    List<Tensor> parts = new ArrayList<>();
    long[] offsets = new long[whole.dimensions().length];
    for (Operand input : inputs) {
      long[] shape = input.tensor().dimensions();
      parts.add(whole.as(whole.layout().submemory_desc(shape, offsets)));
      offsets[CHANNELS] += shape[CHANNELS];
    }
    return parts;
  }

  private static List<Tensor> backward(
      PlanBuilder plan, List<Operand> inputs, memory.desc layout, Operand gradient) {
    List<Tensor> parts = parts(inputs, plan.relaid(gradient.tensor(), layout));
    List<Tensor> gradients = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      // Always a copy: a part of a gradient that others read too would look like nobody else's.
      Tensor copy = plan.tensor(inputs.get(i).tensor().layout());
      plan.copy(parts.get(i), copy);
      gradients.add(copy);
    }
    return gradients;
  }
}
