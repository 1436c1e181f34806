package convoy.worker.engine.onednn.operator;

import convoy.worker.engine.onednn.plan.PlanBuilder;
import convoy.worker.engine.onednn.plan.Tensor;
import org.bytedeco.dnnl.memory;

/**
 * A tensor in an operator's hands.
 *
 * @param tensor the values
 * @param disposable whether nobody else will read them, so that the operator may write over them
 * @param differentiable whether anybody wants their gradient
 */
public record Operand(Tensor tensor, boolean disposable, boolean differentiable) {
  /** The same values in that layout: itself, or a copy, which is disposable. */
  Operand relaid(PlanBuilder plan, memory.desc layout) {
    Tensor relaid = plan.relaid(tensor, layout);
    return relaid == tensor ? this : new Operand(relaid, true, differentiable);
  }

  /** Where to put a result of the same layout: in the same place, or else in a new one. */
  Tensor target(PlanBuilder plan) {
    return disposable ? tensor : plan.tensor(tensor.layout());
  }

  /** The same values where they may be written over: itself, or a copy. */
  Tensor writable(PlanBuilder plan) {
    Tensor target = target(plan);
    if (target != tensor) {
      plan.copy(tensor, target);
    }
    return target;
  }
}
