package convoy.worker.engine.onednn.operator;

import convoy.worker.engine.onednn.plan.PlanBuilder;
import convoy.worker.engine.onednn.plan.Tensor;
import convoy.worker.random.Seed;
import java.util.List;

/**
 * Dropout: each value is kept with a fixed probability and then scaled up by its inverse, or
 * becomes 0 (Srivastava et al., "Dropout", 2014, section 10, "inverted"). The mask is a function of
 * the step's seed, the layer and the value's place in memory, and is never stored: the backward
 * pass draws it again, on gradients in the same layout. Only in training.
 *
 * @param keep probability to keep a value, above 0 and at most 1
 * @param number tells the network's dropout layers apart
 */
public record Dropout(double keep, int number, StepContext context) implements Operator {
  @Override
  public Pass forward(PlanBuilder plan, List<Operand> inputs) {
    Tensor output = masked(plan, inputs.get(0), "dropout");
    return new Pass(
        output,
        false,
        gradient ->
            List.of(masked(plan, gradient.relaid(plan, output.layout()), "dropout backward")));
  }

  private Tensor masked(PlanBuilder plan, Operand values, String kind) {
    Tensor target = values.writable(plan);
    DropoutMask mask = new DropoutMask(keep);
    plan.run(kind, operands -> mask.apply(key(), operands[0]), target);
    return target;
  }

  private int key() {
    return (int) Seed.derive(context.dropoutSeed(), Seed.Purpose.DROPOUT, number);
  }
}
