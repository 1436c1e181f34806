package convoy.bench.pytorch;

import convoy.bench.worker.Mode;
import convoy.bench.worker.Subject;
import convoy.bench.worker.WorkerLoop;
import convoy.bench.worker.Workload;
import java.io.IOException;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Times PyTorch on the same network. Its images lie ready as one tensor, so that no assembly of
 * minibatches counts against it. The engine's name chooses the layout: {@code pytorch-nchw}, or
 * {@code pytorch-nhwc} for images and weights in channels-last order.
 */
public final class PyTorchWorker {
  private static final double LEARNING_RATE = 1e-3;
  private static final int CLASSES = 10;
  private static final int SIDE = 32;

  private PyTorchWorker() {}

  /** Arguments: a workload's. */
  public static void main(String[] arguments) throws IOException {
    WorkerLoop.run(arguments, PyTorchWorker::open);
  }

  private static Subject open(Workload workload) {
    if (workload.pixels() != SIDE) {
      throw new IllegalArgumentException(
          "Cannot build %s for %dx%d pixels in PyTorch: the bench has its networks for %dx%d only"
              .formatted(workload.network(), workload.pixels(), workload.pixels(), SIDE, SIDE));
    }
    torch.set_num_threads(workload.threads());
    torch.manual_seed(1);
    Layers layers = new Layers();
    Layer network = Networks.named(workload.network(), layers);
    Tensor images = torch.rand(workload.batchSize(), 3, SIDE, SIDE);
    if (workload.engine().endsWith("-nhwc")) {
      layers.channelsLast();
      images = images.contiguous(torch.MemoryFormat.ChannelsLast);
    }
    long values = values(layers.module());
    if (workload.mode() == Mode.TRAIN) {
      Tensor labels = torch.randint(CLASSES, new long[] {workload.batchSize()});
      Adam optimizer = new Adam(layers.module().parameters(), new AdamOptions(LEARNING_RATE));
      return new Training(values, network, optimizer, images, labels);
    }
    layers.module().eval();
    return new Prediction(values, network, images);
  }

  /** Parameters and running means and variances; not the counts of batches, which are scalars. */
  private static long values(Module module) {
    return count(module.parameters()) + count(module.buffers());
  }

  private static long count(TensorVector tensors) {
    long count = 0;
    for (Tensor tensor : tensors.get()) {
      count += tensor.dim() == 0 ? 0 : tensor.numel();
    }
    return count;
  }

  private record Training(long values, Layer network, Adam optimizer, Tensor images, Tensor labels)
      implements Subject {
    @Override
    public String version() {
      return PyTorchWorker.version();
    }

    @Override
    @SuppressWarnings("try") // A scope acts by being open: what is made in it is freed with it.
    public void step() {
      try (PointerScope scope = new PointerScope()) {
        optimizer.zero_grad();
        torch.cross_entropy_loss(network.forward(images), labels).backward();
        optimizer.step();
      }
    }
  }

  private record Prediction(long values, Layer network, Tensor images) implements Subject {
    @Override
    public String version() {
      return PyTorchWorker.version();
    }

    @Override
    @SuppressWarnings("try") // A scope acts by being open: what is made in it is freed with it.
    public void step() {
      try (PointerScope scope = new PointerScope();
          NoGradGuard guard = new NoGradGuard()) {
        network.forward(images).softmax(1);
      }
    }
  }

  private static String version() {
    return "PyTorch " + torch.TORCH_VERSION + " (JavaCPP)";
  }
}
