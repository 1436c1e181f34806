package convoy.worker.engine.onednn.operator;

import convoy.worker.engine.onednn.plan.Tensor;
import java.util.List;

/**
 * An operator's forward pass in one plan, and how to go back through it.
 *
 * @param output its result
 * @param keepsOutput whether the backward pass reads the result, which must then not be written
 *     over
 * @param backward adds the backward pass
 */
public record Pass(Tensor output, boolean keepsOutput, Backward backward) {
  /** Adds an operator's backward pass to the plan that its forward pass is in. */
  @FunctionalInterface
  public interface Backward {
    /**
     * Adds it.
     *
     * @param gradient of the loss with respect to the output
     * @return the gradients with respect to the inputs, in their order; null where none is wanted
     */
    List<Tensor> gradients(Operand gradient);
  }
}
