package convoy.worker.engine.onednn.operator;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;
import static org.bytedeco.dnnl.global.dnnl.dnnl_fuse_norm_relu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_global_stats;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_scaleshift;

import convoy.worker.engine.onednn.plan.Onednn;
import convoy.worker.engine.onednn.plan.PlanBuilder;
import convoy.worker.engine.onednn.plan.Tensor;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl.prop_kind;

/**
 * Batch normalization of each channel over the batch and the pixels (Ioffe and Szegedy, "Batch
 * Normalization", 2015, algorithm 1). Its parameters stand together in the flat vector: scales,
 * shifts, running means, running variances, one of each per channel is needed.
 *
 * @param offset of the first scale
 * @param channels of the input
 * @param epsilon added to the variance
 * @param decay the share of the old running statistics that a step keeps
 * @param isRectified whether a rectifier follows
 */
public record BatchNormalization(
    long offset, int channels, float epsilon, float decay, boolean isRectified)
    implements Rectifiable {
  @Override
  public BatchNormalization rectified() {
    return new BatchNormalization(offset, channels, epsilon, decay, true);
  }

  /** Offset of the first shift. */
  public long shiftOffset() {
    return offset + channels;
  }

  /** Offset of the first running mean. */
  public long meanOffset() {
    return offset + 2L * channels;
  }

  /** Offset of the first running variance. */
  public long varianceOffset() {
    return offset + 3L * channels;
  }

  @Override
  public Pass forward(PlanBuilder plan, List<Operand> inputs) {
    Tensor input = inputs.get(0).tensor();
    batch_normalization_forward.primitive_desc description = description(plan, input);
    Tensor output = plan.tensor(description.dst_desc());
    Tensor mean = statistic(plan, meanOffset());
    Tensor variance = statistic(plan, varianceOffset());
    Map<Integer, Tensor> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_SRC, input);
    arguments.put(DNNL_ARG_SCALE_SHIFT, scaleAndShift(plan));
    arguments.put(DNNL_ARG_MEAN, mean);
    arguments.put(DNNL_ARG_VARIANCE, variance);
    arguments.put(DNNL_ARG_DST, output);
    if (plan.training() && isRectified) {
      arguments.put(DNNL_ARG_WORKSPACE, plan.tensor(description.workspace_desc()));
    }
    plan.run(
        "batch normalization",
        0,
        description,
        new batch_normalization_forward(description),
        arguments);
    if (plan.training()) {
      plan.run(
          "running statistics",
          this::updateRunning,
          mean,
          variance,
          plan.parameters(meanOffset(), Onednn.rowMajor(channels)),
          plan.parameters(varianceOffset(), Onednn.rowMajor(channels)));
    }
    return new Pass(
        output, false, gradient -> List.of(backward(plan, description, arguments, gradient)));
  }

  private batch_normalization_forward.primitive_desc description(PlanBuilder plan, Tensor input) {
    prop_kind kind = plan.training() ? prop_kind.forward_training : prop_kind.forward_inference;
    int flags = flags() | (plan.training() ? 0 : dnnl_use_global_stats);
    return new batch_normalization_forward.primitive_desc(
        new batch_normalization_forward.desc(kind.value, input.layout(), epsilon, flags),
        plan.attributes(),
        Onednn.CPU);
  }

  private int flags() {
    return dnnl_use_scaleshift | (isRectified ? dnnl_fuse_norm_relu : 0);
  }

  /** The minibatch's own statistic in training, the running one in inference. */
  private Tensor statistic(PlanBuilder plan, long runningOffset) {
    return plan.training()
        ? plan.tensor(Onednn.rowMajor(channels))
        : plan.parameters(runningOffset, Onednn.rowMajor(channels));
  }

  private Tensor scaleAndShift(PlanBuilder plan) {
    return plan.parameters(offset, Onednn.rowMajor(2, channels));
  }

  private Tensor backward(
      PlanBuilder plan,
      batch_normalization_forward.primitive_desc forward,
      Map<Integer, Tensor> forwardArguments,
      Operand gradient) {
    Tensor input = forwardArguments.get(DNNL_ARG_SRC);
    batch_normalization_backward.primitive_desc description =
        new batch_normalization_backward.primitive_desc(
            new batch_normalization_backward.desc(
                prop_kind.backward.value, input.layout(), input.layout(), epsilon, flags()),
            plan.attributes(),
            Onednn.CPU,
            forward);
    Operand incoming = gradient.relaid(plan, description.diff_dst_desc());
    Tensor result = incoming.target(plan);
    Map<Integer, Tensor> arguments = new HashMap<>(forwardArguments);
    arguments.remove(DNNL_ARG_DST);
    arguments.put(DNNL_ARG_DIFF_DST, incoming.tensor());
    arguments.put(DNNL_ARG_DIFF_SRC, result);
    arguments.put(DNNL_ARG_DIFF_SCALE_SHIFT, plan.gradients(offset, Onednn.rowMajor(2, channels)));
    plan.run(
        "batch normalization backward",
        0,
        description,
        new batch_normalization_backward(description),
        arguments);
    return result;
  }

  /** Operands: means and variances of the minibatch, running means and running variances. */
  private void updateRunning(FloatBuffer[] operands) {
    move(operands[0], operands[2]);
    move(operands[1], operands[3]);
  }

  private void move(FloatBuffer batch, FloatBuffer running) {
    for (int c = 0; c < channels; c++) {
      running.put(c, decay * running.get(c) + (1 - decay) * batch.get(c));
    }
  }
}
