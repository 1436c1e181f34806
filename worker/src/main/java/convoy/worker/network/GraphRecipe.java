package convoy.worker.network;

import convoy.worker.optimizer.OptimizerSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Builds a graph layer by layer; each method adds layers behind {@code input} and returns the name
 * of the last. What all our networks share stands here: He initialization (He et al., "Delving Deep
 * into Rectifiers", 2015, section 2.2) where a method does not say otherwise, convolutions without
 * bias before a batch normalization, and a batch normalization that keeps its variance, not the
 * logarithm of its deviation, so that the average of several replicas' statistics means something.
 */
final class GraphRecipe {
  /** Name of the one input. */
  static final String INPUT = "image";

  /** Name of the first output, the classification. */
  static final String OUTPUT = "probabilities";

  /** Added to the variance (Ioffe and Szegedy, 2015, algorithm 1); the value the peers use. */
  private static final double NORMALIZATION_EPSILON = 1e-5;

  /** Share of the old running statistics kept at each step, as in the PaddlePaddle book. */
  private static final double NORMALIZATION_DECAY = 0.9;

  /** Standard deviation of weights that start small (Krizhevsky et al., 2012, section 5). */
  private static final double SMALL_DEVIATION = 0.01;

  /*
   * Local response normalization (Krizhevsky et al., "ImageNet Classification with Deep
   * Convolutional Neural Networks", 2012, section 3.3), with the constants of Caffe's
   * bvlc_googlenet: its alpha of 1e-4 is divided by the five channels there, and not in DL4J.
   */
  private static final double RESPONSE_K = 1;
  private static final double RESPONSE_CHANNELS = 5;
  private static final double RESPONSE_ALPHA = 1e-4 / 5;
  private static final double RESPONSE_BETA = 0.75;

  /**
   * ND4J's generator takes the clock's time for a seed of 0. This is one above the largest that a
   * training's settings allow.
   */
  private static final long INSTEAD_OF_ZERO = 1L << 53;

  static {
    Dl4jRuntime.prepare();
  }

  private final ComputationGraphConfiguration.GraphBuilder graph;
  private final List<String> auxiliaryOutputs = new ArrayList<>();

  GraphRecipe(NetworkSpec network, OptimizerSpec optimizer, long seed) {
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder()
            .seed(seed == 0 ? INSTEAD_OF_ZERO : seed)
            .weightInit(WeightInit.RELU)
            .activation(Activation.IDENTITY)
            .convolutionMode(ConvolutionMode.Truncate);
    optimizer.configure(builder);
    graph =
        builder
            .graphBuilder()
            .addInputs(INPUT)
            .setInputTypes(
                InputType.convolutional(
                    network.inputShape().height(),
                    network.inputShape().width(),
                    network.inputShape().channels()));
  }

  ComputationGraphConfiguration.GraphBuilder graph() {
    return graph;
  }

  /** Convolution with bias: square kernel, half padding. */
  String convolution(String name, String input, int channels, int kernel, int stride) {
    return convolution(name, input, builder(channels, kernel, stride).build());
  }

  /** Convolution with bias, and a rectifier. */
  String convolutionRectified(String name, String input, int channels, int kernel, int stride) {
    return rectified(name, convolution(name, input, channels, kernel, stride));
  }

  /** Convolution without bias (square kernel, half padding) and batch normalization. */
  String convolutionNormalized(String name, String input, int channels, int kernel, int stride) {
    ConvolutionLayer layer = builder(channels, kernel, stride).hasBias(false).build();
    return normalized(name, convolution(name, input, layer));
  }

  private static ConvolutionLayer.Builder builder(int channels, int kernel, int stride) {
    return new ConvolutionLayer.Builder(kernel, kernel)
        .nOut(channels)
        .stride(stride, stride)
        .padding(kernel / 2, kernel / 2);
  }

  private String convolution(String name, String input, ConvolutionLayer layer) {
    graph.addLayer(name + "-conv", layer, input);
    return name + "-conv";
  }

  /** Batch normalization over the batch and, for feature maps, over the pixels. */
  String normalized(String name, String input) {
    graph.addLayer(
        name + "-norm",
        new BatchNormalization.Builder()
            .eps(NORMALIZATION_EPSILON)
            .decay(NORMALIZATION_DECAY)
            .useLogStd(false)
            .build(),
        input);
    return name + "-norm";
  }

  /** A rectifier; a layer of its own, because DL4J's batch normalization ignores an activation. */
  String rectified(String name, String input) {
    graph.addLayer(name + "-relu", new ActivationLayer(Activation.RELU), input);
    return name + "-relu";
  }

  /** Local response normalization over five neighbouring channels. */
  String responseNormalized(String name, String input) {
    graph.addLayer(
        name + "-lrn",
        new LocalResponseNormalization.Builder(
                RESPONSE_K, RESPONSE_CHANNELS, RESPONSE_ALPHA, RESPONSE_BETA)
            .build(),
        input);
    return name + "-lrn";
  }

  /** A 2x2 max pool with stride 2. */
  String halved(String name, String input) {
    return maxPooled(name, input, 2, 2, 0);
  }

  /** A max pool with a square window; the size of its output is rounded down. */
  String maxPooled(String name, String input, int kernel, int stride, int padding) {
    return pooled(name, input, SubsamplingLayer.PoolingType.MAX, kernel, stride, padding);
  }

  /** An average pool with a square window and no border. */
  String averagePooled(String name, String input, int kernel, int stride) {
    return pooled(name, input, SubsamplingLayer.PoolingType.AVG, kernel, stride, 0);
  }

  private String pooled(
      String name,
      String input,
      SubsamplingLayer.PoolingType type,
      int kernel,
      int stride,
      int padding) {
    graph.addLayer(
        name + "-pool",
        new SubsamplingLayer.Builder(
                type,
                new int[] {kernel, kernel},
                new int[] {stride, stride},
                new int[] {padding, padding})
            .build(),
        input);
    return name + "-pool";
  }

  /** The mean of each map. */
  String averaged(String name, String input) {
    graph.addLayer(name, new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), input);
    return name;
  }

  /** Dropout that sets that share of units to 0 in training. */
  String dropped(String name, String input, double rate) {
    // DL4J takes the probability to keep a unit.
    graph.addLayer(name + "-drop", new DropoutLayer(1 - rate), input);
    return name + "-drop";
  }

  /** A dense layer with bias. */
  String dense(String name, String input, int units) {
    graph.addLayer(name, new DenseLayer.Builder().nOut(units).build(), input);
    return name;
  }

  /**
   * A dense layer with bias for units that no rectifier follows. Its weights start small
   * (Krizhevsky et al., 2012, section 5): those that keep the variance under a rectifier would
   * double it here, and make the untrained network sure of its guesses.
   */
  String denseLinear(String name, String input, int units) {
    graph.addLayer(
        name,
        new DenseLayer.Builder()
            .nOut(units)
            .weightInit(new NormalDistribution(0, SMALL_DEVIATION))
            .build(),
        input);
    return name;
  }

  /**
   * An auxiliary classifier: a further output, whose loss counts {@code weight}. The weight stands
   * in the loss of each class.
   */
  void auxiliaryClassified(String name, String input, int classes, double weight) {
    graph.addLayer(
        name,
        classifier(
            new LossMCXENT(Nd4j.valueArrayOf(new long[] {1, classes}, weight, DataType.FLOAT)),
            classes),
        input);
    auxiliaryOutputs.add(name);
  }

  /** The classifier: a dense layer with softmax and cross-entropy; the first output. */
  ComputationGraphConfiguration classified(String input, int classes) {
    List<String> outputs = new ArrayList<>(List.of(OUTPUT));
    outputs.addAll(auxiliaryOutputs);
    return decayedOnce(
        graph
            .addLayer(OUTPUT, classifier(new LossMCXENT(), classes), input)
            .setOutputs(outputs.toArray(String[]::new))
            .build());
  }

  /**
   * DL4J M2.1 enters a decoupled weight decay that is set for the whole network into each layer
   * twice, and would apply it as often.
   */
  private static ComputationGraphConfiguration decayedOnce(
      ComputationGraphConfiguration configuration) {
    for (GraphVertex vertex : configuration.getVertices().values()) {
      if (vertex instanceof LayerVertex layer
          && layer.getLayerConf().getLayer() instanceof BaseLayer weighted
          && weighted.getRegularization() != null) {
        weighted.setRegularization(
            new ArrayList<>(new LinkedHashSet<>(weighted.getRegularization())));
      }
    }
    return configuration;
  }

  private static OutputLayer classifier(ILossFunction loss, int classes) {
    return new OutputLayer.Builder(loss).activation(Activation.SOFTMAX).nOut(classes).build();
  }
}
