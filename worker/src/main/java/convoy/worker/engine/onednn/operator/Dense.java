package convoy.worker.engine.onednn.operator;

import convoy.worker.engine.onednn.plan.Onednn;
import convoy.worker.engine.onednn.plan.PlanBuilder;
import convoy.worker.engine.onednn.plan.Tensor;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.inner_product_backward_data;
import org.bytedeco.dnnl.inner_product_backward_weights;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;

/**
 * A dense layer. Maps that go in count as one vector, channel by channel and row by row, whatever
 * their layout.
 *
 * @param outputs the number of units
 * @param affine where its weights {@code [out, in]} and biases lie
 * @param isRectified whether a rectifier follows
 */
public record Dense(int outputs, Affine affine, boolean isRectified)
    implements Foldable, Rectifiable {
  @Override
  public Dense rectified() {
    return new Dense(outputs, affine, true);
  }

  @Override
  public Dense with(Affine folded) {
    return new Dense(outputs, folded, isRectified);
  }

  @Override
  public Pass forward(PlanBuilder plan, List<Operand> inputs) {
    return new InPlan(plan, inputs.get(0)).forward();
  }

  /** The layer on its way into one plan. */
  private final class InPlan {
    private final PlanBuilder plan;
    private final Operand input;
    private final memory.desc anyInput;
    private final memory.desc anyWeights;
    private final memory.desc anyOutput;
    private final AffineInPlan parts;
    private inner_product_forward.primitive_desc forward;
    private Tensor source;
    private Tensor output;

    InPlan(PlanBuilder plan, Operand input) {
      this.plan = plan;
      this.input = input;
      long[] inputShape = input.tensor().dimensions();
      long images = inputShape[0];
      long[] weightShape = inputShape.clone();
      weightShape[0] = outputs;
      this.anyInput = Onednn.anyLayout(inputShape);
      this.anyWeights = Onednn.anyLayout(weightShape);
      this.anyOutput = Onednn.anyLayout(images, outputs);
      Tensor weights = plan.parameters(affine.weightOffset(), Onednn.rowMajor(weightShape));
      double operations = 2.0 * images * Arrays.stream(weightShape).reduce(1, (a, b) -> a * b);
      this.parts = new AffineInPlan(plan, "dense", outputs, affine, weights, operations);
    }

    Pass forward() {
      prop_kind kind = plan.training() ? prop_kind.forward_training : prop_kind.forward_inference;
      inner_product_forward.desc description =
          affine.hasBias()
              ? new inner_product_forward.desc(
                  kind, anyInput, anyWeights, Onednn.anyLayout(outputs), anyOutput)
              : new inner_product_forward.desc(kind, anyInput, anyWeights, anyOutput);
      forward =
          new inner_product_forward.primitive_desc(
              description, plan.attributes(Rectification.after(isRectified)), Onednn.CPU);
      source = plan.relaid(input.tensor(), forward.src_desc());
      output = plan.tensor(forward.dst_desc());
      parts.forward(forward, new inner_product_forward(forward), source, output);
      return new Pass(output, isRectified, this::backward);
    }

    private List<Tensor> backward(Operand gradient) {
      Tensor beforeRectifier =
          isRectified ? Rectification.backward(plan, output, gradient) : gradient.tensor();
      backwardWeights(beforeRectifier);
      return Arrays.asList(input.differentiable() ? backwardData(beforeRectifier) : null);
    }

    private void backwardWeights(Tensor gradient) {
      inner_product_backward_weights.desc wanted =
          affine.hasBias()
              ? new inner_product_backward_weights.desc(
                  anyInput, anyWeights, Onednn.anyLayout(outputs), anyOutput)
              : new inner_product_backward_weights.desc(anyInput, anyWeights, anyOutput);
      inner_product_backward_weights.primitive_desc description =
          new inner_product_backward_weights.primitive_desc(
              wanted, plan.attributes(), Onednn.CPU, forward);
      parts.backwardWeights(
          description, new inner_product_backward_weights(description), source, gradient);
    }

    private Tensor backwardData(Tensor gradient) {
      inner_product_backward_data.primitive_desc description =
          new inner_product_backward_data.primitive_desc(
              new inner_product_backward_data.desc(anyInput, anyWeights, anyOutput),
              plan.attributes(),
              Onednn.CPU,
              forward);
      return parts.backwardData(
          description, new inner_product_backward_data(description), gradient);
    }
  }
}
