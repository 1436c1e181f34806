package convoy.worker.engine.onednn.operator;

import convoy.worker.engine.onednn.plan.Onednn;
import convoy.worker.engine.onednn.plan.PlanBuilder;
import convoy.worker.engine.onednn.plan.Tensor;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;

/**
 * A convolution, direct or Winograd's (Lavin and Gray, "Fast Algorithms for Convolutional Neural
 * Networks", 2015); oneDNN chooses the layouts. A second input, if there is one, is added to the
 * result before the rectifier; only inference does that.
 *
 * @param channels of the result
 * @param affine where its weights {@code [out, in, height, width]} and biases lie
 */
public record Convolution(int channels, Window window, Affine affine, boolean isRectified)
    implements Foldable, Rectifiable {
  @Override
  public Convolution rectified() {
    return new Convolution(channels, window, affine, true);
  }

  @Override
  public Convolution with(Affine folded) {
    return new Convolution(channels, window, folded, isRectified);
  }

  @Override
  public Pass forward(PlanBuilder plan, List<Operand> inputs) {
    return new InPlan(plan, inputs).forward();
  }

  /** The convolution on its way into one plan. */
  private final class InPlan {
    private final PlanBuilder plan;
    private final Operand input;
    private final List<Operand> residual;
    private final long[] outputShape;
    private final long[] stride;
    private final long[] paddingBefore;
    private final long[] paddingAfter;
    private final Tensor weights;
    private final AffineInPlan parts;
    private final ConvolutionAlgorithm choice;
    private convolution_forward.primitive_desc forward;
    private Tensor source;
    private Tensor output;

    InPlan(PlanBuilder plan, List<Operand> inputs) {
      this.plan = plan;
      this.input = inputs.get(0);
      this.residual = inputs.subList(1, inputs.size());
      long[] inputShape = input.tensor().dimensions();
      long[] map = {inputShape[2], inputShape[3]};
      long[] outputMap = window.outputSize(map);
      this.outputShape = new long[] {inputShape[0], channels, outputMap[0], outputMap[1]};
      this.stride = window.stride().toArray();
      this.paddingBefore = window.paddingBefore(map);
      this.paddingAfter = window.paddingAfter(map);
      long[] weightShape = {
        channels, inputShape[1], window.kernel().height(), window.kernel().width()
      };
      this.weights = plan.parameters(affine.weightOffset(), Onednn.rowMajor(weightShape));
      this.choice =
          new ConvolutionAlgorithm(inputShape[1], Math.min(outputMap[0], outputMap[1]), window);
      double operations =
          2.0 * product(outputShape) * inputShape[1] * product(window.kernel().toArray());
      this.parts = new AffineInPlan(plan, "convolution", channels, affine, weights, operations);
    }

    Pass forward() {
      forward = plan.training() ? trainingDescription() : inferenceDescription();
      source = plan.relaid(input.tensor(), forward.src_desc());
      output =
          residual.isEmpty()
              ? plan.tensor(forward.dst_desc())
              : residual.get(0).relaid(plan, forward.dst_desc()).writable(plan);
      parts.forward(forward, new convolution_forward(forward), source, output);
      return new Pass(output, isRectified, this::backward);
    }

    private convolution_forward.primitive_desc trainingDescription() {
      return new convolution_forward.primitive_desc(
          description(prop_kind.forward_training, choice.training()),
          plan.attributes(resultOperations()),
          Onednn.CPU);
    }

    private convolution_forward.primitive_desc inferenceDescription() {
      convolution_forward.primitive_desc preferred =
          new convolution_forward.primitive_desc(
              description(prop_kind.forward_inference, choice.inference()),
              plan.attributes(resultOperations()),
              Onednn.CPU,
              true);
      return preferred.get(true) != null
          ? preferred
          : new convolution_forward.primitive_desc(
              description(prop_kind.forward_inference, algorithm.convolution_auto),
              plan.attributes(resultOperations()),
              Onednn.CPU);
    }

    private convolution_forward.desc description(prop_kind kind, algorithm method) {
      return affine.hasBias()
          ? new convolution_forward.desc(
              kind,
              method,
              any(input.tensor()),
              any(weights),
              Onednn.anyLayout(channels),
              Onednn.anyLayout(outputShape),
              stride,
              paddingBefore,
              paddingAfter)
          : new convolution_forward.desc(
              kind,
              method,
              any(input.tensor()),
              any(weights),
              Onednn.anyLayout(outputShape),
              stride,
              paddingBefore,
              paddingAfter);
    }

    private post_ops resultOperations() {
      post_ops operations = new post_ops();
      if (!residual.isEmpty()) {
        operations.append_sum();
      }
      if (isRectified) {
        Rectification.append(operations);
      }
      return operations;
    }

    private List<Tensor> backward(Operand gradient) {
      Tensor beforeRectifier =
          isRectified ? Rectification.backward(plan, output, gradient) : gradient.tensor();
      backwardWeights(beforeRectifier);
      return Arrays.asList(input.differentiable() ? backwardData(beforeRectifier) : null);
    }

    private void backwardWeights(Tensor gradient) {
      convolution_backward_weights.primitive_desc description =
          new convolution_backward_weights.primitive_desc(
              weightsDescription(), plan.attributes(), Onednn.CPU, forward);
      parts.backwardWeights(
          description, new convolution_backward_weights(description), source, gradient);
    }

    private convolution_backward_weights.desc weightsDescription() {
      return affine.hasBias()
          ? new convolution_backward_weights.desc(
              choice.weights(),
              any(input.tensor()),
              any(weights),
              Onednn.anyLayout(channels),
              Onednn.anyLayout(outputShape),
              stride,
              paddingBefore,
              paddingAfter)
          : new convolution_backward_weights.desc(
              choice.weights(),
              any(input.tensor()),
              any(weights),
              Onednn.anyLayout(outputShape),
              stride,
              paddingBefore,
              paddingAfter);
    }

    private Tensor backwardData(Tensor gradient) {
      convolution_backward_data.primitive_desc description =
          new convolution_backward_data.primitive_desc(
              new convolution_backward_data.desc(
                  choice.training(),
                  any(input.tensor()),
                  any(weights),
                  Onednn.anyLayout(outputShape),
                  stride,
                  paddingBefore,
                  paddingAfter),
              plan.attributes(),
              Onednn.CPU,
              forward);
      return parts.backwardData(description, new convolution_backward_data(description), gradient);
    }
  }

  private static memory.desc any(Tensor tensor) {
    return Onednn.anyLayout(tensor.dimensions());
  }

  private static double product(long[] factors) {
    return Arrays.stream(factors).asDoubleStream().reduce(1, (a, b) -> a * b);
  }
}
