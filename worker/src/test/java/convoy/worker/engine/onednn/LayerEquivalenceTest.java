package convoy.worker.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType.AVG;
import static org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType.MAX;

import convoy.worker.image.ImageShape;
import convoy.worker.image.minibatch.GaussianImages;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.dnnl.global.dnnl;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;

/**
 * Every layer alone, between a convolution that shows the gradient of its input and a classifier
 * that shows its output: the engine's results are DL4J's.
 */
class LayerEquivalenceTest {
  private static final ImageShape ODD = new ImageShape(3, 13, 11);
  private static final ImageShape SQUARE = new ImageShape(3, 8, 8);
  private static final int[][] BATCH_SIZES = {{3, 16}, {1, 7}};

  /** Channels in and out; multiples of the width of a vector register and others. */
  private static final int[][] CHANNELS = {{3, 5}, {16, 16}, {8, 40}, {17, 3}, {40, 24}, {32, 16}};

  /** A layer to be tested, with what it needs around it. */
  private record LayerCase(String name, ImageShape shape, UnaryOperator<TestGraph> layers) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Otherwise the second run of this suite would be the first one again. */
  @Test
  @EnabledIfEnvironmentVariable(named = "DNNL_MAX_CPU_ISA", matches = "AVX2")
  void instructionSet_isTheOneThatTheEnvironmentNames() {
    new OnednnEngine();

    assertThat(dnnl.dnnl_get_effective_cpu_isa()).isEqualTo(dnnl.dnnl_cpu_isa_avx2);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("numberedLayers")
  void layer_givesWhatDl4jGives(int number, LayerCase layer) {
    int[] batchSizes = BATCH_SIZES[number % BATCH_SIZES.length];
    for (int i = 0; i < batchSizes.length; i++) {
      long seed = 10L * number + i;
      ComputationGraph graph = layer.layers().apply(new TestGraph(layer.shape(), seed)).build();
      EngineComparison.assertAgrees(
          graph, GaussianImages.minibatch(seed, layer.shape(), TestGraph.CLASSES, batchSizes[i]));
      graph.close();
    }
  }

  /** Each layer with a number of its own for its random seeds; each group begins a hundred. */
  static Stream<Arguments> numberedLayers() {
    List<Stream<LayerCase>> groups =
        List.of(convolutions(), pools(), normalizations(), denseLayers(), vertices(), outputs());
    List<Arguments> numbered = new ArrayList<>();
    for (int group = 0; group < groups.size(); group++) {
      List<LayerCase> layers = groups.get(group).toList();
      for (int i = 0; i < layers.size(); i++) {
        numbered.add(Arguments.of(100 * (group + 1) + i, layers.get(i)));
      }
    }
    return numbered.stream();
  }

  static Stream<LayerCase> convolutions() {
    List<LayerCase> cases = new ArrayList<>();
    for (int kernel : new int[] {1, 3, 5, 7}) {
      for (int stride : new int[] {1, 2, 3}) {
        for (Border border : Border.values()) {
          int[] channels = CHANNELS[cases.size() % CHANNELS.length];
          boolean bias = cases.size() % 2 == 0;
          cases.add(
              new LayerCase(
                  "%dx%d convolution, stride %d, border %s, channels %d to %d, bias %s"
                      .formatted(kernel, kernel, stride, border, channels[0], channels[1], bias),
                  ODD,
                  graph ->
                      graph
                          .thenConvolution("before", channels[0])
                          .then("layer", border.convolution(kernel, stride, channels[1], bias))));
        }
      }
    }
    cases.add(between("1x7 convolution", 16, () -> convolution(1, 7, 1, 2, 0, 3, 16)));
    cases.add(between("7x1 convolution", 5, () -> convolution(7, 1, 2, 1, 3, 0, 6)));
    cases.add(
        new LayerCase(
            "convolution of the image", ODD, graph -> graph.thenConvolution("layer", 16)));
    cases.add(
        new LayerCase(
            "convolutions of 64 channels at 8x8",
            SQUARE,
            graph ->
                graph
                    .thenConvolution("first", 64)
                    .thenConvolution("second", 64)
                    .thenConvolution("third", 32)));
    return cases.stream();
  }

  /** How a convolution treats the border of its map. */
  private enum Border {
    NONE,
    HALF,
    SAME;

    Layer convolution(int kernel, int stride, int channels, boolean bias) {
      ConvolutionLayer.Builder builder =
          new ConvolutionLayer.Builder(kernel, kernel)
              .stride(stride, stride)
              .nOut(channels)
              .hasBias(bias);
      return switch (this) {
        case NONE -> builder.build();
        case HALF -> builder.padding(kernel / 2, kernel / 2).build();
        case SAME -> builder.convolutionMode(ConvolutionMode.Same).build();
      };
    }
  }

  private static Layer convolution(
      int height, int width, int strideY, int strideX, int borderY, int borderX, int channels) {
    return new ConvolutionLayer.Builder(height, width)
        .stride(strideY, strideX)
        .padding(borderY, borderX)
        .nOut(channels)
        .build();
  }

  static Stream<LayerCase> pools() {
    List<LayerCase> cases = new ArrayList<>();
    for (SubsamplingLayer.PoolingType type : List.of(MAX, AVG)) {
      cases.add(between(type + " 2x2", 16, () -> pool(type, 2, 2, 0).build()));
      cases.add(between(type + " 3x3, overlapping", 5, () -> pool(type, 3, 2, 0).build()));
      cases.add(between(type + " 3x3, overlapping, border", 17, () -> pool(type, 3, 2, 1).build()));
      cases.add(between(type + " 3x3, stride 1, border", 8, () -> pool(type, 3, 1, 1).build()));
      cases.add(between(type + " 5x5, stride 3", 16, () -> pool(type, 5, 3, 0).build()));
      cases.add(
          between(
              type + " 3x3, same size",
              6,
              () -> pool(type, 3, 1, 0).convolutionMode(ConvolutionMode.Same).build()));
      cases.add(
          between(
              type + " 2x2, halved upwards",
              16,
              () -> pool(type, 2, 2, 0).convolutionMode(ConvolutionMode.Same).build()));
    }
    cases.add(
        between(
            "AVG of the map", 20, () -> new GlobalPoolingLayer.Builder(PoolingType.AVG).build()));
    return cases.stream();
  }

  private static SubsamplingLayer.Builder pool(
      SubsamplingLayer.PoolingType type, int kernel, int stride, int border) {
    return new SubsamplingLayer.Builder(
        type, new int[] {kernel, kernel}, new int[] {stride, stride}, new int[] {border, border});
  }

  static Stream<LayerCase> normalizations() {
    return Stream.of(
        between("batch normalization", 16, () -> norm()),
        between("batch normalization of 5 channels", 5, () -> norm()),
        new LayerCase(
            "batch normalization and rectifier",
            ODD,
            graph -> graph.thenConvolution("before", 24).then("norm", norm()).then("relu", relu())),
        new LayerCase(
            "batch normalization of a convolution without bias",
            ODD,
            graph ->
                graph
                    .then(
                        "before",
                        new ConvolutionLayer.Builder(3, 3).nOut(16).hasBias(false).build())
                    .then("norm", norm())
                    .then("relu", relu())
                    .thenConvolution("after", 8)),
        new LayerCase(
            "batch normalization with a rectifier and another reader",
            ODD,
            graph ->
                graph
                    .thenConvolution("before", 16)
                    .then("norm", norm())
                    .then("relu", relu())
                    .thenConvolution("after", 16)
                    .join("sum", add(), "after", "norm")),
        between("rectifier", 10, () -> relu()),
        between("identity", 10, () -> new ActivationLayer(Activation.IDENTITY)),
        between("response normalization", 16, () -> response(5, 1e-4, 0.75)));
  }

  private static Layer response(double channels, double alpha, double beta) {
    return new LocalResponseNormalization.Builder(2, channels, alpha, beta).build();
  }

  static Stream<LayerCase> denseLayers() {
    return Stream.of(
        between("dense layer of a map", 7, () -> dense(33)),
        new LayerCase("dense layer of the image", ODD, graph -> graph.then("layer", dense(16))),
        new LayerCase(
            "dense layer of a dense layer",
            ODD,
            graph -> graph.then("first", dense(19)).then("second", dense(32))),
        new LayerCase(
            "dense layer without bias",
            ODD,
            graph ->
                graph
                    .then("first", dense(16))
                    .then("second", new DenseLayer.Builder().nOut(9).hasBias(false).build())),
        new LayerCase(
            "dense layer and rectifier",
            ODD,
            graph ->
                graph
                    .thenConvolution("before", 16)
                    .then("dense", dense(24))
                    .then("relu", relu())
                    .then("after", dense(8))),
        new LayerCase(
            "dense layer of a rectified pool",
            ODD,
            graph ->
                graph
                    .thenConvolution("before", 16)
                    .then("pool", pool(MAX, 2, 2, 0).build())
                    .then("relu", relu())
                    .then("dense", dense(24))));
  }

  static Stream<LayerCase> vertices() {
    return Stream.of(
        new LayerCase(
            "sum of two",
            ODD,
            graph -> branches(graph, 16, 16).join("sum", add(), "branch0", "branch1")),
        new LayerCase(
            "sum of two of 5 channels",
            ODD,
            graph -> branches(graph, 5, 5).join("sum", add(), "branch0", "branch1")),
        new LayerCase(
            "sum of two and rectifier",
            ODD,
            graph ->
                branches(graph, 16, 16)
                    .join("sum", add(), "branch0", "branch1")
                    .then("relu", relu())),
        new LayerCase(
            "sum of three and rectifier",
            ODD,
            graph ->
                branches(graph, 5, 5, 5)
                    .join("sum", add(), "branch0", "branch1", "branch2")
                    .then("relu", relu())),
        new LayerCase(
            "sum of a plain map and a padded one, and rectifier",
            ODD,
            graph ->
                branches(graph, 3, 2)
                    .join("merge", new MergeVertex(), "branch0", "branch1")
                    .thenConvolution("after", 5)
                    .join("sum", add(), "merge", "after")
                    .then("relu", relu())),
        new LayerCase(
            "residual block",
            ODD,
            graph ->
                graph
                    .thenConvolution("before", 16)
                    .then("relu", relu())
                    .thenConvolution("convolution1", 16)
                    .then("norm1", norm())
                    .then("relu1", relu())
                    .thenConvolution("convolution2", 16)
                    .then("norm2", norm())
                    .join("sum", add(), "norm2", "relu")
                    .then("relu2", relu())
                    .thenConvolution("after", 8)),
        new LayerCase(
            "residual block with the shortcut first",
            ODD,
            graph ->
                graph
                    .thenConvolution("before", 16)
                    .then("relu", relu())
                    .fromConvolution("shortcut", 24, "relu")
                    .then("shortcutNorm", norm())
                    .fromConvolution("convolution", 24, "relu")
                    .then("norm", norm())
                    .join("sum", add(), "shortcutNorm", "norm")
                    .then("relu2", relu())),
        new LayerCase(
            "merge of two",
            ODD,
            graph ->
                branches(graph, 16, 8)
                    .join("merge", new MergeVertex(), "branch0", "branch1")
                    .thenConvolution("after", 8)),
        new LayerCase(
            "merge of four of odd width",
            ODD,
            graph ->
                branches(graph, 3, 5, 16, 7)
                    .join("merge", new MergeVertex(), "branch0", "branch1", "branch2", "branch3")),
        new LayerCase(
            "merge of a value that others read too",
            ODD,
            graph ->
                branches(graph, 16, 16)
                    .join("merge", new MergeVertex(), "branch0", "branch1")
                    .then("relu", relu())
                    .thenConvolution("after", 16)
                    .join("sum", add(), "after", "branch0")),
        new LayerCase(
            "merge of dense layers",
            ODD,
            graph ->
                graph
                    .then("first", dense(7))
                    .from("second", dense(16), TestGraph.IMAGE)
                    .join("merge", new MergeVertex(), "first", "second")
                    .then("after", dense(9))),
        new LayerCase(
            "value read by three layers",
            ODD,
            graph ->
                graph
                    .thenConvolution("before", 16)
                    .then("relu", relu())
                    .thenConvolution("a", 8)
                    .fromConvolution("b", 8, "relu")
                    .from("c", convolution(1, 1, 1, 1, 0, 0, 8), "relu")
                    .join("sum", add(), "a", "b", "c")));
  }

  /** Of one image a part lies in the whole as it lies alone; nothing is to be written into it. */
  @Test
  void mergeOfOneImage_leavesTheGradientToItsOtherReader() {
    ComputationGraph graph =
        new TestGraph(ODD, 1)
            .then("other", dense(23))
            .from("first", dense(7), TestGraph.IMAGE)
            .then("relu", relu())
            .from("second", dense(16), TestGraph.IMAGE)
            .join("merge", new MergeVertex(), "relu", "second")
            .join("sum", add(), "other", "merge")
            .build();
    EngineComparison.assertAgrees(graph, GaussianImages.minibatch(1, ODD, TestGraph.CLASSES, 1));
    graph.close();
  }

  static Stream<LayerCase> outputs() {
    return Stream.of(
        new LayerCase("classifier of the image", ODD, graph -> graph),
        new LayerCase(
            "two weighted classifiers",
            ODD,
            graph ->
                graph
                    .thenConvolution("before", 16)
                    .then("relu", relu())
                    .then("dense", dense(12))
                    .classified("main", 1)
                    .from("pool", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), "relu")
                    .classified("auxiliary", 0.3)),
        new LayerCase(
            "two classifiers of one value",
            ODD,
            graph ->
                graph
                    .thenConvolution("before", 8)
                    .classified("main", 1)
                    .classified("auxiliary", 0.5)));
  }

  /**
   * DL4J's gradients of these are not the slopes of its losses: it takes the normalizing sum of a
   * response to be that of its neighbours, and counts the border on the way forth but not back.
   * {@link NumericGradientTest} has them.
   */
  @ParameterizedTest
  @MethodSource("layersOfWrongGradient")
  void layerWhoseGradientDl4jGetsWrong_predictsWhatDl4jPredicts(LayerCase layer) {
    ComputationGraph graph = layer.layers().apply(new TestGraph(layer.shape(), 1)).build();
    EngineComparison.assertPredictionAgrees(
        graph, GaussianImages.minibatch(2, layer.shape(), TestGraph.CLASSES, 7), 7);
    graph.close();
  }

  static Stream<LayerCase> layersOfWrongGradient() {
    return Stream.of(
        between(
            "AVG 3x3, border counted",
            16,
            () -> pool(AVG, 3, 2, 1).avgPoolIncludePadInDivisor(true).build()),
        between("strong response normalization", 11, () -> response(5, 0.3, 0.75)),
        between("narrow response normalization", 6, () -> response(3, 0.1, 0.5)));
  }

  @ParameterizedTest
  @MethodSource("flatNormalizations")
  void batchNormalizationOfUnits_givesWhatDl4jGives(LayerCase layer) {
    // One image has no variance: what comes out is the rounding error, divided by almost nothing.
    for (int batchSize : new int[] {5, 16}) {
      ComputationGraph graph =
          layer.layers().apply(new TestGraph(layer.shape(), batchSize)).build();
      EngineComparison.assertAgrees(
          graph, GaussianImages.minibatch(4, layer.shape(), TestGraph.CLASSES, batchSize));
      graph.close();
    }
  }

  static Stream<LayerCase> flatNormalizations() {
    return Stream.of(
        new LayerCase(
            "batch normalization of units",
            ODD,
            graph -> graph.then("dense", dense(24)).then("norm", norm())),
        new LayerCase(
            "batch normalization and rectifier of units",
            ODD,
            graph ->
                graph
                    .thenConvolution("before", 8)
                    .then("dense", dense(19))
                    .then("norm", norm())
                    .then("relu", relu())
                    .then("after", dense(8))));
  }

  /** A layer between a convolution and the classifier. */
  private static LayerCase between(String name, int channels, Supplier<Layer> layer) {
    return new LayerCase(
        name, ODD, graph -> graph.thenConvolution("before", channels).then("layer", layer.get()));
  }

  private static TestGraph branches(TestGraph graph, int... channels) {
    graph.thenConvolution("before", 16);
    for (int i = 0; i < channels.length; i++) {
      graph.fromConvolution("branch" + i, channels[i], "before");
    }
    return graph;
  }

  private static Layer norm() {
    return new BatchNormalization.Builder().eps(1e-5).decay(0.9).useLogStd(false).build();
  }

  private static Layer relu() {
    return new ActivationLayer(Activation.RELU);
  }

  private static Layer dense(int units) {
    return new DenseLayer.Builder().nOut(units).build();
  }

  private static ElementWiseVertex add() {
    return new ElementWiseVertex(ElementWiseVertex.Op.Add);
  }
}
