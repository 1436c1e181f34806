package convoy.bench.pytorch;

import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.BatchNorm1dImpl;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.DropoutImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;

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

  private <M extends Module> M add(M layer) {
    return module.register_module("layer" + count++, layer);
  }
}
