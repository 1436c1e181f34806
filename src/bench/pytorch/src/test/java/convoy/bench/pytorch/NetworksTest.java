package convoy.bench.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs where PyTorch's native libraries are, which the Maven profile {@code bench} brings. */
class NetworksTest {
  @BeforeAll
  static void needsNativeLibraries() {
    boolean present = true;
    try {
      Loader.load(torch.class);
    } catch (UnsatisfiedLinkError e) {
      present = false;
    }
    assumeTrue(present, "PyTorch's native libraries are of the profile bench");
  }

  @Test
  void resnet18_hasTorchvisionsParametersAndOneLogitPerClass() {
    Layers layers = new Layers();
    Layer network = Networks.residual18(layers, 1000);

    // The count that torchvision publishes for resnet18.
    assertThat(Arrays.stream(layers.module().parameters().get()).mapToLong(Tensor::numel).sum())
        .isEqualTo(11_689_512);
    assertThat(network.forward(torch.rand(2, 3, 64, 64)).sizes().vec().get())
        .containsExactly(2, 1000);
  }

  @Test
  void initialWeights_haveTwoOverTheirInputsAsVariance() {
    torch.manual_seed(1);
    Layers layers = new Layers();
    layers.convolutionNormalized(64, 64, 3, 1);
    layers.dense(512, 512);

    layers.initialize();

    Tensor[] weights = layers.weights().get();
    assertThat(weights).hasSize(2);
    assertThat(weights[0].var().item_double()).isEqualTo(2.0 / (64 * 9), within(1e-4));
    assertThat(weights[1].var().item_double()).isEqualTo(2.0 / 512, within(1e-4));
    Tensor[] others = layers.otherParameters().get();
    assertThat(others).hasSize(3);
    assertThat(Arrays.stream(others).map(values -> values.mean().item_double()))
        .containsExactly(1.0, 0.0, 0.0);
  }
}
