package convoy.worker.engine.onednn.operator;

import convoy.worker.engine.onednn.plan.Onednn;
import convoy.worker.engine.onednn.plan.PlanBuilder;
import convoy.worker.engine.onednn.plan.Tensor;
import convoy.worker.image.ImageShape;
import convoy.worker.image.minibatch.Minibatch;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * The images of the minibatch. A minibatch may be smaller than the plan; the other places then hold
 * what they held before.
 */
public record ImageInput(ImageShape shape, StepContext context) implements Operator {
  @Override
  public Pass forward(PlanBuilder plan, List<Operand> inputs) {
    Tensor images =
        plan.tensor(
            Onednn.rowMajor(plan.batchSize(), shape.channels(), shape.height(), shape.width()));
    plan.run("images", this::copy, images);
    return new Pass(images, false, gradient -> List.of());
  }

  private void copy(FloatBuffer[] operands) {
    Minibatch minibatch = context.minibatch();
    operands[0].put(0, minibatch.images(), 0, minibatch.count() * shape.pixels());
  }
}
