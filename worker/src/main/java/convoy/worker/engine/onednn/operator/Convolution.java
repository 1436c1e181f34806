package convoy.worker.engine.onednn.operator;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import convoy.worker.engine.onednn.plan.Onednn;
import convoy.worker.engine.onednn.plan.PlanBuilder;
import convoy.worker.engine.onednn.plan.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final double operations;
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
      this.operations =
          2.0 * product(outputShape) * inputShape[1] * product(window.kernel().toArray());
    }

    Pass forward() {
      forward = plan.training() ? trainingDescription() : inferenceDescription();
      source = plan.relaid(input.tensor(), forward.src_desc());
      output =
          residual.isEmpty()
              ? plan.tensor(forward.dst_desc())
              : residual.get(0).relaid(plan, forward.dst_desc()).writable(plan);
      Map<Integer, Tensor> arguments = new HashMap<>();
      arguments.put(DNNL_ARG_SRC, source);
      arguments.put(DNNL_ARG_WEIGHTS, plan.relaidParameters(weights, forward.weights_desc()));
      arguments.put(DNNL_ARG_DST, output);
      if (affine.hasBias()) {
        arguments.put(DNNL_ARG_BIAS, affine.bias(plan, channels));
      }
      plan.run("convolution", operations, forward, new convolution_forward(forward), arguments);
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
      Map<Integer, Tensor> arguments = new HashMap<>();
      arguments.put(DNNL_ARG_SRC, plan.relaid(source, description.src_desc()));
      arguments.put(DNNL_ARG_DIFF_DST, plan.relaid(gradient, description.diff_dst_desc()));
      Tensor target = plan.gradients(affine.weightOffset(), weights.layout());
      boolean sameLayout = description.diff_weights_desc().equals(weights.layout());
      Tensor result = sameLayout ? target : plan.tensor(description.diff_weights_desc());
      arguments.put(DNNL_ARG_DIFF_WEIGHTS, result);
      if (affine.hasBias()) {
        arguments.put(DNNL_ARG_DIFF_BIAS, affine.biasGradient(plan, channels));
      }
      plan.run(
          "convolution weights",
          operations,
          description,
          new convolution_backward_weights(description),
          arguments);
      if (!sameLayout) {
        plan.copy(result, target);
      }
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
      Tensor result = plan.tensor(description.diff_src_desc());
      plan.run(
          "convolution data",
          operations,
          description,
          new convolution_backward_data(description),
          Map.of(
              DNNL_ARG_DIFF_DST, plan.relaid(gradient, description.diff_dst_desc()),
              DNNL_ARG_WEIGHTS, plan.relaidParameters(weights, description.weights_desc()),
              DNNL_ARG_DIFF_SRC, result));
      return result;
    }
  }

  private static memory.desc any(Tensor tensor) {
    return Onednn.anyLayout(tensor.dimensions());
  }

  private static double product(long[] factors) {
    return Arrays.stream(factors).asDoubleStream().reduce(1, (a, b) -> a * b);
  }
}
