package convoy.worker.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import convoy.worker.image.CifarRecord;
import convoy.worker.image.ImageShape;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkSpecTest {
  private static final OptimizerSpec PLAIN = new OptimizerSpec.Sgd(0, 0);

  /**
   * Weights of an N-layer network by its construction: 3x3 convolutions of 16, 32 and 64 channels
   * with two batch-norm vectors each, 1x1 convolutions on the two widening shortcuts, 64 x 10
   * dense.
   */
  private static long residualWeights(int depth) {
    int n = (depth - 2) / 6;
    long weights = 3 * 16 * 9 + 2 * 16;
    int in = 16;
    for (int channels : new int[] {16, 32, 64}) {
      for (int block = 0; block < n; block++) {
        weights += (long) in * channels * 9 + (long) channels * channels * 9 + 4L * channels;
        if (in != channels) {
          weights += (long) in * channels + 2L * channels;
        }
        in = channels;
      }
    }
    return weights + 64 * 10 + 10;
  }

  private static long statistics(ComputationGraph graph) {
    long count = 0;
    for (Layer layer : graph.getLayers()) {
      if (layer.conf().getLayer() instanceof BatchNormalization norm) {
        count += 2 * norm.getNOut();
      }
    }
    return count;
  }

  private static ComputationGraph graph(String name) {
    ComputationGraph graph =
        new ComputationGraph(new NetworkSpec(name, CifarRecord.SHAPE, 10).configuration(PLAIN, 1));
    graph.init();
    return graph;
  }

  @ParameterizedTest
  @CsvSource({"20, 272282", "32, 466714", "44, 661146", "56, 855578", "110, 1730522"})
  void residualNetwork_hasTheWeightsOfItsConstruction(
      int depth, long expectedWithoutShortcutNorms) {
    ComputationGraph graph = graph("resnet-" + depth);

    long trainable = graph.numParams() - statistics(graph);

    assertThat(trainable).isEqualTo(residualWeights(depth));
    // The figure with plain 1x1 shortcuts, plus their two batch normalizations.
    assertThat(trainable).isEqualTo(expectedWithoutShortcutNorms + 192);
  }

  @Test
  void resnet32_hasThePublishedNumberOfWeights() {
    // 0.46 million (He et al. 2015, table 6); 466,906 with batch-normalized 1x1 shortcuts.
    assertThat(residualWeights(32)).isEqualTo(466_906);
  }

  @Test
  void vgg16_hasTheWeightsOfItsConstruction() {
    long weights = 0;
    int in = 3;
    int[] channels = {64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512};
    for (int out : channels) {
      weights += (long) in * out * 9 + 2L * out;
      in = out;
    }
    weights += 2 * (512 * 512 + 512) + 2 * 512 + 512 * 10 + 10;
    ComputationGraph graph = graph("vgg-16");

    assertThat(graph.numParams() - statistics(graph)).isEqualTo(weights).isEqualTo(15_250_378);
  }

  @Test
  void cifar10Quick_hasCaffesNumberOfWeights() {
    assertThat(graph("cifar10-quick").numParams()).isEqualTo(145_578);
  }

  @Test
  void initialWeights_haveHesVariance() {
    ComputationGraph graph = graph("resnet-20");

    double variance =
        graph.getLayer("group3-block3-b-conv").getParam("W").varNumber().doubleValue();

    // 2 / fan-in, of 36,864 draws: a relative deviation of 3 % is five standard errors.
    assertThat(variance).isBetween(0.97 * 2 / (64 * 9), 1.03 * 2 / (64 * 9));
  }

  @Test
  void batchNormalization_keepsVariance_notItsLogarithm() {
    ComputationGraph graph = graph("resnet-20");

    Layer norm = graph.getLayer("stem-norm");

    assertThat(norm.paramTable()).containsKey("var").doesNotContainKey("log10stdev");
    assertThat(norm.getParam("var").minNumber().floatValue()).isEqualTo(1);
  }

  @Test
  void seed_determinesTheInitialParameters() {
    NetworkSpec network = new NetworkSpec("resnet-8", CifarRecord.SHAPE, 10);
    ComputationGraphConfiguration one = network.configuration(PLAIN, 1);
    ComputationGraph a = new ComputationGraph(one);
    ComputationGraph b = new ComputationGraph(network.configuration(PLAIN, 1));
    ComputationGraph other = new ComputationGraph(network.configuration(PLAIN, 2));
    a.init();
    b.init();
    other.init();

    assertThat(a.params().toFloatVector()).isEqualTo(b.params().toFloatVector());
    assertThat(a.params().toFloatVector()).isNotEqualTo(other.params().toFloatVector());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 18, 21, 51, 100, 1208, 99_998})
  void depth_thatIsNot6nPlus2_isRefusedWithTheRule(int depth) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NetworkSpec("resnet-" + depth, CifarRecord.SHAPE, 10))
        .withMessage(
            "Cannot build resnet-%d: the depth must be 6n+2 from 8 to 1202, for instance 20, 32, 44, 56 or 110",
            depth);
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet", "resnet-", "resnet-x", "vgg", "lenet", ""})
  void unknownName_isRefusedWithTheNamesThereAre(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NetworkSpec(name, CifarRecord.SHAPE, 10))
        .withMessageStartingWith("Cannot build a network named '" + name + "': there are resnet-N");
  }

  @Test
  void imagesOfTheWrongSize_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NetworkSpec("resnet-20", new ImageShape(3, 64, 64), 10))
        .withMessageContaining("3x64x64")
        .withMessageContaining("32x32");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NetworkSpec("vgg-16", new ImageShape(3, 32, 16), 10))
        .withMessage(
            "Cannot build vgg-16 for images of 3x32x16: 5 halvings need at least 32x32 pixels");
  }
}
