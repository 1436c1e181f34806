package convoy.bench.pytorch;

import java.util.Arrays;
import java.util.function.Predicate;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.BatchNorm1dImpl;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.DropoutImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.StringTensorDict;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Makes PyTorch's layers and keeps them in one module, which knows all parameters. */
final class Layers {
  private final Module module = new Module();
  private int count;

  /** The module of all layers made so far. */
  Module module() {
    return module;
  }

  /** Convolution without bias (square kernel, half padding) and batch normalization. */
  Layer convolutionNormalized(long channelsIn, long channels, long kernel, long stride) {
    Conv2dOptions options =
        new Conv2dOptions(channelsIn, channels, new LongPointer(kernel, kernel));
    options.stride().put(new long[] {stride, stride}, 0, 2);
    options.padding().put(new LongPointer(kernel / 2, kernel / 2));
    options.bias().put(false);
    Conv2dImpl convolution = add(new Conv2dImpl(options));
    BatchNorm2dImpl normalization = add(new BatchNorm2dImpl(new BatchNormOptions(channels)));
    return input -> normalization.forward(convolution.forward(input));
  }

  /** Batch normalization of plain vectors. */
  Layer normalized(long units) {
    BatchNorm1dImpl normalization = add(new BatchNorm1dImpl(new BatchNormOptions(units)));
    return normalization::forward;
  }

  /** A fully connected layer with bias. */
  Layer dense(long unitsIn, long units) {
    LinearImpl linear = add(new LinearImpl(unitsIn, units));
    return linear::forward;
  }

  /** Drops that share of the units while training. */
  Layer dropout(double rate) {
    DropoutImpl dropout = add(new DropoutImpl(rate));
    return dropout::forward;
  }

  /**
   * Gives all layers made so far the initial values of Convoy's networks: weights drawn from a
   * normal distribution of variance 2 / inputs (He et al., "Delving Deep into Rectifiers", 2015,
   * section 2.2), biases 0, batch normalization with scale 1.
   */
  @SuppressWarnings("try") // A guard acts by being open.
  void initialize() {
    try (NoGradGuard guard = new NoGradGuard()) {
      StringTensorDict parameters = module.named_parameters();
      for (long i = 0; i < parameters.size(); i++) {
        Tensor parameter = parameters.get(i).access();
        if (isWeight(parameter)) {
          long inputs = parameter.numel() / parameter.size(0);
          torch.normal_(parameter, 0, Math.sqrt(2.0 / inputs));
        } else if (parameters.get(i).key().getString().endsWith("bias")) {
          torch.zero_(parameter);
        }
      }
    }
  }

  /** The weights of convolutions and dense layers, which weight decay shrinks. */
  TensorVector weights() {
    return parameters(Layers::isWeight);
  }

  /** Biases and the scales of batch normalization. */
  TensorVector otherParameters() {
    return parameters(parameter -> !isWeight(parameter));
  }

  /** Puts the weights of convolutions in channels-last order. */
  void channelsLast() {
    for (Tensor parameter : module.parameters().get()) {
      if (parameter.dim() == 4) {
        parameter.set_data(parameter.contiguous(torch.MemoryFormat.ChannelsLast));
      }
    }
  }

  private TensorVector parameters(Predicate<Tensor> chosen) {
    return new TensorVector(
        Arrays.stream(module.parameters().get()).filter(chosen).toArray(Tensor[]::new));
  }

  private static boolean isWeight(Tensor parameter) {
    return parameter.dim() > 1;
  }

  private <M extends Module> M add(M layer) {
    return module.register_module("layer" + count++, layer);
  }
}
