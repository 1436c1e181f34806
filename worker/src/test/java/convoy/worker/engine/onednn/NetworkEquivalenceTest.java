package convoy.worker.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.worker.image.ImageShape;
import convoy.worker.image.minibatch.GaussianImages;
import convoy.worker.image.minibatch.Minibatch;
import convoy.worker.image.minibatch.RandomImages;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingLoss;
import convoy.worker.optimizer.AdamW;
import convoy.worker.optimizer.OptimizerSpec;
import convoy.worker.optimizer.Sgd;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Whole networks: the engine's results are DL4J's. */
class NetworkEquivalenceTest {
  private static final int SEED = 3;
  private static final OptimizerSpec ADAM = new AdamW(0.9, 0.999, 1e-8, 0);

  /** With dropout that drops nothing. */
  private static ComputationGraphConfiguration configuration(String name, OptimizerSpec optimizer) {
    return configuration(name, CifarRecord.SHAPE, optimizer);
  }

  private static ComputationGraphConfiguration configuration(
      String name, ImageShape shape, OptimizerSpec optimizer) {
    ComputationGraphConfiguration configuration =
        new NetworkSpec(name, shape, CifarRecord.CLASSES).configuration(optimizer, SEED);
    for (GraphVertex vertex : configuration.getVertices().values()) {
      if (vertex instanceof LayerVertex layer
          && layer.getLayerConf().getLayer() instanceof DropoutLayer dropout) {
        dropout.setIDropout(new Dropout(1));
      }
    }
    return configuration;
  }

  /** With parameters as after some training. */
  private static ComputationGraph graph(String name, OptimizerSpec optimizer) {
    ComputationGraph graph = new ComputationGraph(configuration(name, optimizer));
    graph.init();
    TestGraph.randomize(graph, SEED);
    return graph;
  }

  /**
   * The one of a dozen minibatches on which the rectifier nearest to its corner is farthest from
   * it. Among a million rectifiers some input is within rounding of 0, and two right engines then
   * differ in whether the gradient passes there: by a percent of the gradients before it.
   */
  private static Minibatch decisive(ComputationGraph graph, IntFunction<Minibatch> bySeed) {
    return IntStream.range(0, 12)
        .mapToObj(bySeed)
        .max(Comparator.comparingDouble(minibatch -> margin(graph, minibatch)))
        .orElseThrow();
  }

  /** The smallest distance from 0 of what goes into a rectifier in training. */
  private static double margin(ComputationGraph graph, Minibatch minibatch) {
    Map<String, INDArray> activations = graph.feedForward(Dl4jStep.images(minibatch), true);
    double margin = Double.POSITIVE_INFINITY;
    for (Map.Entry<String, List<String>> inputs :
        graph.getConfiguration().getVertexInputs().entrySet()) {
      if (inputs.getKey().endsWith("-relu")) {
        INDArray input = activations.get(inputs.getValue().get(0));
        margin = Math.min(margin, input.aminNumber().doubleValue());
      }
    }
    return margin;
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet-20", "vgg-11", "googlenet", "cifar10-quick"})
  void network_givesWhatDl4jGives(String name) {
    ComputationGraph graph = graph(name, TestGraph.OPTIMIZER);
    EngineComparison.assertAgrees(graph, decisive(graph, seed -> RandomImages.minibatch(seed, 3)));
    graph.close();
  }

  @ParameterizedTest
  @CsvSource({
    "resnet-8, 33, 47, 2",
    "resnet-18, 33, 47, 2",
    "resnet-18, 65, 67, 2",
    "vgg-11, 32, 64, 3",
    "googlenet, 33, 50, 1",
    "googlenet, 96, 113, 1",
    "cifar10-quick, 33, 47, 2"
  })
  void networkForImagesOfAnyShape_givesWhatDl4jGives(
      String name, int height, int width, int images) {
    ImageShape shape = new ImageShape(3, height, width);
    ComputationGraph graph = new ComputationGraph(configuration(name, shape, TestGraph.OPTIMIZER));
    graph.init();
    TestGraph.randomize(graph, SEED);
    EngineComparison.assertAgrees(
        graph,
        decisive(
            graph, seed -> GaussianImages.minibatch(seed, shape, CifarRecord.CLASSES, images)));
    graph.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet-20", "vgg-16", "googlenet"})
  void networkWithAnyParameters_predictsWhatDl4jPredicts(String name) {
    ComputationGraph graph = graph(name, TestGraph.OPTIMIZER);
    EngineComparison.assertPredictionAgrees(graph, RandomImages.minibatch(2, 7), 7);
    graph.close();
  }

  /**
   * The steps are small, because the difference of two right training runs grows with every step: a
   * rectifier whose input is almost 0 is on in one and off in the other. DL4J departs from itself
   * as fast when its weights are moved by a rounding error.
   */
  @Test
  void twentySteps_haveDl4jsLosses() {
    int batchSize = 16;
    double learningRate = 0.001;
    OptimizerSpec withoutDecay = new Sgd(0.9, 0);
    ComputationGraph graph = new ComputationGraph(configuration("resnet-20", withoutDecay));
    graph.init();
    graph.setLearningRate(learningRate);
    try (OnednnTrainingNetwork network =
        OnednnTrainingNetwork.of(
            graph, CifarRecord.SHAPE, withoutDecay, TrainingLoss.PLAIN, batchSize)) {
      for (int step = 0; step < 20; step++) {
        Minibatch minibatch = RandomImages.minibatch(step, batchSize);
        graph.fit(
            new INDArray[] {Dl4jStep.images(minibatch)},
            new INDArray[] {Dl4jStep.labels(minibatch, CifarRecord.CLASSES, TrainingLoss.PLAIN)});

        assertThat(network.step(minibatch, learningRate, step).lossSum() / batchSize)
            .as("step %d", step)
            .isCloseTo(graph.score(), within(1e-3 * graph.score()));
      }
    }
    graph.close();
  }

  @Test
  void smoothedLabels_countAsInDl4j() {
    ComputationGraph graph = graph("cifar10-quick", TestGraph.OPTIMIZER);
    EngineComparison.assertStepsAgree(
        graph, TestGraph.OPTIMIZER, TrainingLoss.smoothed(0.1), 7, RandomImages.minibatch(1, 7));
    graph.close();
  }

  @Test
  void minibatchesSmallerThanTheBatchSize_giveWhatDl4jGives() {
    ImageShape shape = new ImageShape(3, 11, 9);
    Minibatch[] minibatches =
        IntStream.of(16, 5, 16, 1)
            .mapToObj(count -> GaussianImages.minibatch(count, shape, TestGraph.CLASSES, count))
            .toArray(Minibatch[]::new);
    ComputationGraph graph =
        new TestGraph(shape, SEED)
            .then("convolution", new ConvolutionLayer.Builder(3, 3).nOut(16).build())
            .then("norm", new BatchNormalization.Builder().decay(0.9).useLogStd(false).build())
            .then("relu", new ActivationLayer(Activation.RELU))
            .then("pool", new GlobalPoolingLayer.Builder(PoolingType.AVG).build())
            .build();
    EngineComparison.assertPredictionAgrees(graph, minibatches[1], 16);
    EngineComparison.assertStepsAgree(
        graph, TestGraph.OPTIMIZER, TrainingLoss.PLAIN, 16, minibatches);
    graph.close();
  }

  @Test
  void stateOfOneEngine_goesOnInTheOther() {
    Minibatch minibatch = RandomImages.minibatch(1, 8);
    ComputationGraph graph = graph("resnet-8", ADAM);
    try (OnednnTrainingNetwork network =
        OnednnTrainingNetwork.of(graph, CifarRecord.SHAPE, ADAM, TrainingLoss.PLAIN, 8)) {
      Dl4jStep.of(graph, minibatch, TrainingLoss.PLAIN, 0.001);
      network.load(
          graph.params().toFloatVector(),
          graph.getUpdater().getStateViewArray().toFloatVector(),
          1);
      float[] expected = Dl4jStep.of(graph, minibatch, TrainingLoss.PLAIN, 0.001).parameters();
      network.step(minibatch, 0.001, 0);

      float[] state = graph.getUpdater().getStateViewArray().toFloatVector();
      EngineComparison.assertNear(
          "state", network.optimizerState(), state, 0, state.length, 1e-3, 0);
      EngineComparison.assertNear(
          "parameters", network.parameters(), expected, 0, expected.length, 1e-4, 0);
    }
    graph.close();
  }
}
