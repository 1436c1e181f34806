package convoy.worker.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.worker.image.ImageShape;
import convoy.worker.image.minibatch.GaussianImages;
import convoy.worker.network.TrainingLoss;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;

/** What the engine does not know it refuses; it never computes something else. */
class UnsupportedLayerTest {
  private static final ImageShape SHAPE = new ImageShape(3, 8, 8);

  /** A graph with a layer or vertex named {@code odd}, and what the refusal calls it. */
  private record OddGraph(String what, UnaryOperator<TestGraph> layers) {
    ComputationGraph build() {
      return layers.apply(new TestGraph(SHAPE, 1).thenConvolution("before", 6)).build();
    }

    @Override
    public String toString() {
      return what;
    }
  }

  private static OddGraph layer(String what, Layer layer) {
    return new OddGraph(what, graph -> graph.then("odd", layer));
  }

  private static OddGraph sumLike(ElementWiseVertex.Op operation) {
    return new OddGraph(
        "ElementWiseVertex",
        graph ->
            graph
                .thenConvolution("other", 6)
                .join("odd", new ElementWiseVertex(operation), "before", "other"));
  }

  @ParameterizedTest
  @MethodSource("unknown")
  void unknownLayer_isRefused_byItsNameAndWhatItIs(OddGraph odd) {
    ComputationGraph graph = odd.build();

    assertThatExceptionOfType(UnsupportedLayerException.class)
        .isThrownBy(
            () ->
                OnednnTrainingNetwork.of(graph, SHAPE, TestGraph.OPTIMIZER, TrainingLoss.PLAIN, 4)
                    .close())
        .withMessageStartingWith("Cannot ")
        .withMessageContaining("odd")
        .withMessageContaining(odd.what());
    assertThatExceptionOfType(UnsupportedLayerException.class)
        .isThrownBy(() -> OnednnInferenceNetwork.of(graph, SHAPE, 4).close())
        .withMessageContaining("odd")
        .withMessageContaining(odd.what());
    assertThat(OnednnEngine.obstacle(graph, SHAPE).orElseThrow())
        .matches("Cannot run layer 'odd' with the oneDNN engine: .* \\(use the engine dl4j\\)")
        .contains(odd.what());
    graph.close();
  }

  static Stream<OddGraph> unknown() {
    return Stream.of(
        layer("tanh", new ActivationLayer(Activation.TANH)),
        layer("PReLULayer", new PReLULayer.Builder().inputShape(6, 8, 8).build()),
        layer("Upsampling2D", new Upsampling2D.Builder(2).build()),
        layer("SeparableConvolution2D", new SeparableConvolution2D.Builder(3, 3).nOut(4).build()),
        layer("DepthwiseConvolution2D", new DepthwiseConvolution2D.Builder(3, 3).build()),
        layer("Deconvolution2D", new Deconvolution2D.Builder(3, 3).nOut(4).build()),
        new OddGraph(
            "LSTM",
            graph ->
                graph
                    .then("dense", new DenseLayer.Builder().nOut(8).build())
                    .then("odd", new LSTM.Builder().nOut(7).activation(Activation.TANH).build())
                    .then("last", new GlobalPoolingLayer.Builder(PoolingType.AVG).build())),
        sumLike(ElementWiseVertex.Op.Subtract),
        sumLike(ElementWiseVertex.Op.Product),
        sumLike(ElementWiseVertex.Op.Max),
        new OddGraph("ScaleVertex", graph -> graph.join("odd", new ScaleVertex(2), "before")),
        new OddGraph(
            "L2NormalizeVertex", graph -> graph.join("odd", new L2NormalizeVertex(), "before")));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void unusualVariantOfAKnownLayer_isRefused_orGivesWhatDl4jGives(OddGraph odd) {
    ComputationGraph graph = odd.build();
    try {
      OnednnTrainingNetwork.of(graph, SHAPE, TestGraph.OPTIMIZER, TrainingLoss.PLAIN, 4).close();
    } catch (UnsupportedLayerException e) {
      return;
    }
    EngineComparison.assertAgrees(graph, GaussianImages.minibatch(1, SHAPE, TestGraph.CLASSES, 4));
    graph.close();
  }

  static Stream<OddGraph> variants() {
    return Stream.of(
        layer("dilation", new ConvolutionLayer.Builder(3, 3).dilation(2, 2).nOut(4).build()),
        layer(
            "convolution with a rectifier of its own",
            new ConvolutionLayer.Builder(3, 3).activation(Activation.RELU).nOut(4).build()),
        layer(
            "convolution with tanh",
            new ConvolutionLayer.Builder(3, 3).activation(Activation.TANH).nOut(4).build()),
        layer("dense layer with tanh", dense().activation(Activation.TANH).build()),
        layer(
            "dense layer with a rectifier of its own", dense().activation(Activation.RELU).build()),
        layer("dense layer with layer norm", dense().hasLayerNorm(true).build()),
        layer(
            "dense layer that drops its input", dense().dropOut(new GaussianDropout(0.5)).build()),
        layer("Gaussian dropout", new DropoutLayer(new GaussianDropout(0.5))),
        layer("leaky rectifier", new ActivationLayer(Activation.LEAKYRELU)),
        layer("softmax", new ActivationLayer(Activation.SOFTMAX)),
        layer("batch norm of fixed scale", new BatchNormalization.Builder(true).build()),
        layer("batch norm with log deviation", new BatchNormalization.Builder().build()),
        layer("batch norm of its own decay", norm().decay(0.5).eps(1e-2).build()),
        layer(
            "p-norm pool",
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.PNORM)
                .pnorm(2)
                .kernelSize(2, 2)
                .build()),
        layer(
            "dilated pool",
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(1, 1)
                .dilation(2, 2)
                .build()),
        layer("maximum of the map", new GlobalPoolingLayer.Builder(PoolingType.MAX).build()),
        layer(
            "mean of the rows",
            new GlobalPoolingLayer.Builder(PoolingType.AVG).poolingDimensions(3).build()),
        layer("sum of the map", new GlobalPoolingLayer.Builder(PoolingType.SUM).build()),
        layer(
            "mean of the map that keeps its dimensions",
            new GlobalPoolingLayer.Builder(PoolingType.AVG).collapseDimensions(false).build()),
        sumLike(ElementWiseVertex.Op.Average));
  }

  private static DenseLayer.Builder dense() {
    return new DenseLayer.Builder().nOut(7);
  }

  private static BatchNormalization.Builder norm() {
    return new BatchNormalization.Builder().useLogStd(false);
  }
}
