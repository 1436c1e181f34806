package convoy.worker.network;

import convoy.worker.image.ImageShape;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * Builds a graph layer by layer; each method adds layers behind {@code input} and returns the name
 * of the last. What all our networks share stands here: He initialization (He et al., "Delving Deep
 * into Rectifiers", 2015, section 2.2), convolutions without bias before a batch normalization, and
 * a batch normalization that keeps its variance, not the logarithm of its deviation, so that the
 * average of several replicas' statistics means something.
 */
final class GraphRecipe {
  /** Name of the one input. */
  static final String INPUT = "image";

  /** Name of the one output. */
  static final String OUTPUT = "probabilities";

  /** Added to the variance (Ioffe and Szegedy, 2015, algorithm 1); the value the peers use. */
  private static final double NORMALIZATION_EPSILON = 1e-5;

  /** Share of the old running statistics kept at each step, as in the PaddlePaddle book. */
  private static final double NORMALIZATION_DECAY = 0.9;

  private final ComputationGraphConfiguration.GraphBuilder graph;

  GraphRecipe(NetworkSpec network, OptimizerSpec optimizer, long seed) {
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
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

  /**
   * Checks that images can be halved that often.
   *
   * @throws IllegalArgumentException if a side would vanish
   */
  static void requireHalvings(String network, ImageShape shape, int halvings) {
    int side = 1 << halvings;
    if (shape.height() < side || shape.width() < side) {
      throw new IllegalArgumentException(
          "Cannot build %s for images of %s: %d halvings need at least %dx%d pixels"
              .formatted(network, shape, halvings, side, side));
    }
  }

  ComputationGraphConfiguration.GraphBuilder graph() {
    return graph;
  }

  /** Convolution without bias (square kernel, half padding) and batch normalization. */
  String convolutionNormalized(String name, String input, int channels, int kernel, int stride) {
    graph.addLayer(
        name + "-conv",
        new ConvolutionLayer.Builder(kernel, kernel)
            .nOut(channels)
            .stride(stride, stride)
            .padding(kernel / 2, kernel / 2)
            .hasBias(false)
            .build(),
        input);
    return normalized(name, name + "-conv");
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

  /** A 2x2 max pool with stride 2. */
  String halved(String name, String input) {
    graph.addLayer(
        name + "-pool",
        new SubsamplingLayer.Builder(
                SubsamplingLayer.PoolingType.MAX, new int[] {2, 2}, new int[] {2, 2})
            .build(),
        input);
    return name + "-pool";
  }

  /** The classifier: a dense layer with softmax and cross-entropy. */
  ComputationGraphConfiguration classified(String input, int classes) {
    return graph
        .addLayer(
            OUTPUT,
            new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nOut(classes)
                .build(),
            input)
        .setOutputs(OUTPUT)
        .build();
  }
}
