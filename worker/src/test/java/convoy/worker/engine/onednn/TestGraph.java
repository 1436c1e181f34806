package convoy.worker.engine.onednn;

import convoy.worker.image.ImageShape;
import convoy.worker.network.Dl4jRuntime;
import convoy.worker.optimizer.OptimizerSpec;
import convoy.worker.optimizer.Sgd;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.updater.UpdaterBlock.ParamState;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Builds a small DL4J graph for a test: layers one behind the other unless told otherwise, between
 * an image and a softmax classifier that sees every value of the last layer.
 */
final class TestGraph {
  static final OptimizerSpec OPTIMIZER = new Sgd(0.9, 1e-3);
  static final int CLASSES = 5;
  static final String IMAGE = "image";

  static {
    // ND4J reads its settings when it loads; that is when they are made.
    Dl4jRuntime.prepare();
  }

  private final GraphBuilder graph;
  private final List<String> outputs = new ArrayList<>();
  private final long seed;
  private String last = IMAGE;

  TestGraph(ImageShape shape, long seed) {
    this.seed = seed;
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .weightInit(WeightInit.RELU)
            .activation(Activation.IDENTITY)
            .convolutionMode(ConvolutionMode.Truncate);
    OPTIMIZER.configure(builder);
    graph =
        builder
            .graphBuilder()
            .addInputs(IMAGE)
            .setInputTypes(
                InputType.convolutional(shape.height(), shape.width(), shape.channels()));
  }

  /** Adds a layer behind the last one. */
  TestGraph then(String name, Layer layer) {
    return from(name, layer, last);
  }

  /** Adds a layer behind {@code input}. */
  TestGraph from(String name, Layer layer, String input) {
    graph.addLayer(name, layer, input);
    last = name;
    return this;
  }

  /** Adds a vertex behind {@code inputs}. */
  TestGraph join(String name, GraphVertex vertex, String... inputs) {
    graph.addVertex(name, vertex, inputs);
    last = name;
    return this;
  }

  /** Adds a convolution that keeps the map's size; its gradients show that of the layer behind. */
  TestGraph thenConvolution(String name, int channels) {
    return fromConvolution(name, channels, last);
  }

  TestGraph fromConvolution(String name, int channels, String input) {
    return from(
        name, new ConvolutionLayer.Builder(3, 3).nOut(channels).padding(1, 1).build(), input);
  }

  /** Makes the last layer an input of a classifier whose loss counts {@code weight}. */
  TestGraph classified(String name, double weight) {
    String input = last;
    graph.addLayer(name, classifier(weight), input);
    outputs.add(name);
    last = input;
    return this;
  }

  /** The graph of the classifiers added, or of one behind the last layer; with any parameters. */
  ComputationGraph build() {
    if (outputs.isEmpty()) {
      classified("probabilities", 1);
    }
    ComputationGraph built =
        new ComputationGraph(graph.setOutputs(outputs.toArray(String[]::new)).build());
    built.init();
    randomize(built, seed);
    return built;
  }

  private static OutputLayer classifier(double weight) {
    INDArray weights = Nd4j.valueArrayOf(new long[] {1, CLASSES}, weight, DataType.FLOAT);
    return new OutputLayer.Builder(weight == 1 ? new LossMCXENT() : new LossMCXENT(weights))
        .activation(Activation.SOFTMAX)
        .nOut(CLASSES)
        .build();
  }

  /**
   * Draws what DL4J initializes to 0 or 1: biases, scale and shift, running means and variances.
   */
  static void randomize(ComputationGraph graph, long seed) {
    Random random = new Random(seed);
    for (ParamState parameter : parameters(graph)) {
      float[] values = parameter.getParamView().toFloatVector();
      for (int i = 0; i < values.length; i++) {
        values[i] =
            switch (parameter.getParamName()) {
              case "b", "beta", "mean" -> 0.3f * (float) random.nextGaussian();
              case "gamma" -> 1 + 0.3f * (float) random.nextGaussian();
              case "var" -> 0.5f + random.nextFloat();
              default -> values[i];
            };
      }
      parameter.getParamView().assign(Nd4j.createFromArray(values));
    }
  }

  /** The tensors of the flat parameter vector, in its order. */
  static List<ParamState> parameters(ComputationGraph graph) {
    List<ParamState> parameters = new ArrayList<>();
    for (UpdaterBlock block : graph.getUpdater().getUpdaterBlocks()) {
      parameters.addAll(block.getLayersAndVariablesInBlock());
    }
    return parameters;
  }
}
