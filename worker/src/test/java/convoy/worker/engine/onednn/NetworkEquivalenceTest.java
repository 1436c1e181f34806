package convoy.worker.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.worker.image.CifarRecord;
import convoy.worker.image.Minibatch;
import convoy.worker.image.RandomImages;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.OptimizerSpec;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.UpdaterBlock.ParamState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Whole networks: the engine's results are DL4J's. */
class NetworkEquivalenceTest {
  private static final int SEED = 3;
  private static final OptimizerSpec ADAM = new OptimizerSpec.AdamW(0.9, 0.999, 1e-8, 0);

  /** With dropout that drops nothing. */
  private static ComputationGraphConfiguration configuration(String name, OptimizerSpec optimizer) {
    ComputationGraphConfiguration configuration =
        new NetworkSpec(name, CifarRecord.SHAPE, CifarRecord.CLASSES)
            .configuration(optimizer, SEED);
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
   * With rectifiers that are decidedly on or off, every other channel: batch normalizations shift
   * by eight of their scales. In a deep network some rectifier's input is otherwise within rounding
   * of 0, and what it does with the gradient is a matter of luck.
   */
  private static ComputationGraph decided(String name, OptimizerSpec optimizer) {
    ComputationGraph graph = graph(name, optimizer);
    for (ParamState parameter : TestGraph.parameters(graph)) {
      INDArray values = parameter.getParamView();
      for (int c = 0; c < values.length(); c++) {
        if (parameter.getParamName().equals("gamma")) {
          values.putScalar(c, 0.5);
        } else if (parameter.getParamName().equals("beta")) {
          values.putScalar(c, c % 2 == 0 ? 4 : -4);
        }
      }
    }
    return graph;
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet-20", "vgg-16"})
  void network_givesWhatDl4jGives(String name) {
    ComputationGraph graph = decided(name, TestGraph.OPTIMIZER);
    EngineComparison.assertAgrees(graph, RandomImages.minibatch(1, 7));
    graph.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet-20", "vgg-16", "cifar10-quick"})
  void networkWithAnyParameters_predictsWhatDl4jPredicts(String name) {
    ComputationGraph graph = graph(name, TestGraph.OPTIMIZER);
    EngineComparison.assertPredictionAgrees(graph, RandomImages.minibatch(2, 7), 7);
    graph.close();
  }

  /**
   * The steps are small, because the difference of two right trainings grows with every step: a
   * rectifier whose input is almost 0 is on in one and off in the other.
   */
  @Test
  void twentySteps_haveDl4jsLosses() {
    int batchSize = 16;
    double learningRate = 0.001;
    OptimizerSpec withoutDecay = new OptimizerSpec.Sgd(0.9, 0);
    ComputationGraph graph = new ComputationGraph(configuration("resnet-20", withoutDecay));
    graph.init();
    graph.setLearningRate(learningRate);
    try (OnednnTrainingNetwork network =
        OnednnTrainingNetwork.of(graph, CifarRecord.SHAPE, withoutDecay, 0, batchSize)) {
      for (int step = 0; step < 20; step++) {
        Minibatch minibatch = RandomImages.minibatch(step, batchSize);
        graph.fit(
            new INDArray[] {Dl4jStep.images(minibatch)},
            new INDArray[] {Dl4jStep.labels(minibatch, CifarRecord.CLASSES, 0)});

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
        graph, TestGraph.OPTIMIZER, 0.1, 7, RandomImages.minibatch(1, 7));
    graph.close();
  }

  @Test
  void minibatchesSmallerThanTheBatchSize_giveWhatDl4jGives() {
    ComputationGraph graph = decided("resnet-8", TestGraph.OPTIMIZER);
    EngineComparison.assertPredictionAgrees(graph, RandomImages.minibatch(4, 5), 16);
    EngineComparison.assertStepsAgree(
        graph,
        TestGraph.OPTIMIZER,
        0,
        16,
        RandomImages.minibatch(1, 16),
        RandomImages.minibatch(2, 5),
        RandomImages.minibatch(3, 16),
        RandomImages.minibatch(4, 1));
    graph.close();
  }

  @Test
  void stateOfOneEngine_goesOnInTheOther() {
    Minibatch minibatch = RandomImages.minibatch(1, 8);
    ComputationGraph graph = graph("resnet-8", ADAM);
    try (OnednnTrainingNetwork network =
        OnednnTrainingNetwork.of(graph, CifarRecord.SHAPE, ADAM, 0, 8)) {
      Dl4jStep.of(graph, minibatch, 0, 0.001);
      network.load(
          graph.params().toFloatVector(),
          graph.getUpdater().getStateViewArray().toFloatVector(),
          1);
      float[] expected = Dl4jStep.of(graph, minibatch, 0, 0.001).parameters();
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
