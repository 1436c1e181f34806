package convoy.worker.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import convoy.worker.network.Dl4jRuntime;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** The oracle is DL4J: its own {@code fit} on the same gradients. */
class FlatOptimizerTest {
  private static final OptimizerSpec ADAM = new AdamW(0.9, 0.999, 1e-8, 0);
  private static final OptimizerSpec ADAM_DECAYED = new AdamW(0.9, 0.99, 1e-7, 0.05);
  private static final OptimizerSpec SGD_DECAYED = new Sgd(0.9, 5e-4);
  private static final int BATCH = 6;
  private static final int CLASSES = 4;
  private static final double TOLERANCE = 1e-6;

  @BeforeAll
  static void configureNd4j() {
    Dl4jRuntime.prepare();
  }

  static Stream<OptimizerSpec> optimizers() {
    return Stream.of(
        ADAM, ADAM_DECAYED, new Sgd(0, 0), new Sgd(0.9, 0), new Sgd(0, 5e-4), SGD_DECAYED);
  }

  /** A convolution with bias, a batch norm, a dense layer of more than one chunk, an output. */
  private static ComputationGraph graph(OptimizerSpec optimizer) {
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder().seed(3).activation(Activation.IDENTITY);
    optimizer.configure(builder);
    ComputationGraph graph =
        new ComputationGraph(
            builder
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.convolutional(8, 8, 3))
                .addLayer("conv", new ConvolutionLayer.Builder(3, 3).nOut(5).build(), "in")
                .addLayer("norm", new BatchNormalization.Builder().useLogStd(false).build(), "conv")
                .addLayer("relu", new ActivationLayer(Activation.RELU), "norm")
                .addLayer("dense", new DenseLayer.Builder().nOut(17).build(), "relu")
                .addLayer("dense2", new DenseLayer.Builder().nOut(9).build(), "dense")
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nOut(CLASSES)
                        .build(),
                    "dense2")
                .setOutputs("out")
                .build());
    for (GraphVertex vertex : graph.getConfiguration().getVertices().values()) {
      if (vertex instanceof LayerVertex layer) {
        decayOnce(layer.getLayerConf().getLayer());
      }
    }
    graph.init();
    return graph;
  }

  /** DL4J enters a weight decay that is set for the whole network twice into each layer. */
  private static void decayOnce(Layer layer) {
    if (layer instanceof BaseLayer weighted) {
      weighted.setRegularization(weighted.getRegularization().stream().distinct().toList());
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void update_givesDl4jsParametersAndState_overTenStepsWithChangingRates(OptimizerSpec optimizer) {
    ComputationGraph graph = graph(optimizer);
    FlatOptimizer ours = FlatOptimizer.of(optimizer, ParameterBlocks.of(graph));
    FloatBuffer parameters = direct(graph.params().toFloatVector());
    Random random = new Random(7);
    for (int step = 0; step < 10; step++) {
      double learningRate = 0.02 / (1 + step);
      INDArray images =
          Nd4j.createFromArray(gaussians(random, BATCH * 192)).reshape(BATCH, 3, 8, 8);
      INDArray labels = Nd4j.zeros(BATCH, CLASSES);
      for (int i = 0; i < BATCH; i++) {
        labels.putScalar(i, random.nextInt(CLASSES), 1);
      }
      FloatBuffer gradients = direct(meanGradients(graph, images, labels));
      graph.setLearningRate(learningRate);

      graph.fit(new INDArray[] {images}, new INDArray[] {labels});
      ours.update(parameters, gradients, learningRate, step);
    }

    float[] expected = graph.params().toFloatVector();
    for (ParameterBlock block : ParameterBlocks.of(graph)) {
      for (int i = block.offset(); i < block.offset() + block.length(); i++) {
        assertThat((double) parameters.get(i)).isCloseTo(expected[i], relativeTo(expected[i]));
      }
    }
    float[] expectedState = graph.getUpdater().getStateViewArray().toFloatVector();
    float[] state = ours.state();
    assertThat(state).hasSameSizeAs(expectedState);
    for (int i = 0; i < state.length; i++) {
      assertThat((double) state[i]).isCloseTo(expectedState[i], relativeTo(expectedState[i]));
    }
  }

  @Test
  void update_leavesBatchNormStatisticsAlone() {
    ComputationGraph graph = graph(SGD_DECAYED);
    float[] before = graph.params().toFloatVector();
    float[] ones = new float[before.length];
    Arrays.fill(ones, 1);
    FloatBuffer parameters = direct(before);

    FlatOptimizer.of(SGD_DECAYED, ParameterBlocks.of(graph)).update(parameters, direct(ones), 1, 0);

    int unchanged = 0;
    for (int i = 0; i < before.length; i++) {
      unchanged += parameters.get(i) == before[i] ? 1 : 0;
    }
    // Mean and variance of five channels.
    assertThat(unchanged).isEqualTo(10);
  }

  @Test
  void state_loaded_goesOnAsIfItHadNotBeenInterrupted() {
    ComputationGraph graph = graph(ADAM_DECAYED);
    List<ParameterBlock> blocks = ParameterBlocks.of(graph);
    Random random = new Random(1);
    FloatBuffer gradients = direct(gaussians(random, (int) graph.numParams()));
    FloatBuffer parameters = direct(graph.params().toFloatVector());
    FlatOptimizer first = FlatOptimizer.of(ADAM_DECAYED, blocks);
    first.update(parameters, gradients, 0.1, 0);
    FloatBuffer others = direct(copy(parameters));
    FlatOptimizer second = FlatOptimizer.of(ADAM_DECAYED, blocks);
    second.load(first.state());

    first.update(parameters, gradients, 0.1, 1);
    second.update(others, gradients, 0.1, 1);

    assertThat(copy(others)).isEqualTo(copy(parameters));
    assertThat(second.state()).isEqualTo(first.state());
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void load_ofNoState_isThatOfANewOptimizer(OptimizerSpec spec) {
    ComputationGraph graph = graph(spec);
    List<ParameterBlock> blocks = ParameterBlocks.of(graph);
    FloatBuffer parameters = direct(graph.params().toFloatVector());
    FloatBuffer gradients = direct(gaussians(new Random(1), parameters.capacity()));
    FlatOptimizer used = FlatOptimizer.of(spec, blocks);
    used.update(parameters, gradients, 0.1, 0);

    used.load(new float[0]);

    assertThat(used.state()).isEqualTo(FlatOptimizer.of(spec, blocks).state());
  }

  @Test
  void load_ofAnotherNetworksState_isRefused() {
    FlatOptimizer optimizer = FlatOptimizer.of(ADAM, ParameterBlocks.of(graph(ADAM)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimizer.load(new float[3]))
        .withMessage(
            "Cannot load 3 values of optimizer state: this network has %d"
                .formatted(optimizer.state().length));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void update_allocatesNothing(OptimizerSpec spec) {
    ComputationGraph graph = graph(spec);
    FlatOptimizer optimizer = FlatOptimizer.of(spec, ParameterBlocks.of(graph));
    FloatBuffer parameters = direct(graph.params().toFloatVector());
    FloatBuffer gradients = direct(gaussians(new Random(1), parameters.capacity()));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    // The first call of the meter and of the optimizer load classes.
    optimizer.update(parameters, gradients, 0.01, 0);
    threads.getThreadAllocatedBytes(thread);

    long before = threads.getThreadAllocatedBytes(thread);
    for (int step = 1; step <= 100; step++) {
      optimizer.update(parameters, gradients, 0.01, step);
    }
    long allocated = threads.getThreadAllocatedBytes(thread) - before;

    assertThat(allocated).isZero();
  }

  /** The gradients that DL4J's {@code fit} will compute; DL4J's own are sums over the minibatch. */
  private static float[] meanGradients(ComputationGraph graph, INDArray images, INDArray labels) {
    graph.setInput(0, images);
    graph.setLabels(labels);
    graph.computeGradientAndScore();
    float[] gradients = graph.getGradientsViewArray().toFloatVector();
    for (int i = 0; i < gradients.length; i++) {
      gradients[i] /= BATCH;
    }
    return gradients;
  }

  private static Offset<Double> relativeTo(float expected) {
    return within(TOLERANCE * Math.abs(expected));
  }

  private static float[] gaussians(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static FloatBuffer direct(float[] values) {
    return ByteBuffer.allocateDirect(values.length * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer()
        .put(0, values);
  }

  private static float[] copy(FloatBuffer buffer) {
    float[] values = new float[buffer.capacity()];
    buffer.get(0, values);
    return values;
  }
}
