package convoy.worker.engine.onednn.operator;

import convoy.worker.engine.onednn.plan.Tensor;

/**
 * A tensor in an operator's hands.
 *
 * @param tensor the values
 * @param disposable whether nobody else will read them, so that the operator may write over them
 * @param differentiable whether anybody wants their gradient
 */
public record Operand(Tensor tensor, boolean disposable, boolean differentiable) {}
