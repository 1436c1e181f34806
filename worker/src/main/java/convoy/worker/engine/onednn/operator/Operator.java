package convoy.worker.engine.onednn.operator;

import convoy.worker.engine.onednn.plan.PlanBuilder;
import java.util.List;

/** What a layer computes; it can be put into plans for any number of images. */
public interface Operator {
  /** Adds the forward pass on {@code inputs} to the plan. */
  Pass forward(PlanBuilder plan, List<Operand> inputs);
}
