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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole networks: the engine's results are DL4J's. */
class NetworkEquivalenceTest {
  private static final int SEED = 3;
  private static final OptimizerSpec ADAM = new OptimizerSpec.AdamW(0.9, 0.999, 1e-8, 0);

  /** With parameters as after some training, and dropout that drops nothing. */
  private static ComputationGraph graph(String name, OptimizerSpec optimizer) {
    ComputationGraphConfiguration configuration =
        new NetworkSpec(name, CifarRecord.SHAPE, CifarRecord.CLASSES)
            .configuration(optimizer, SEED);
    for (GraphVertex vertex : configuration.getVertices().values()) {
      if (vertex instanceof LayerVertex layer
          && layer.getLayerConf().getLayer() instanceof DropoutLayer dropout) {
        dropout.setIDropout(new Dropout(1));
      }
    }
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    TestGraph.randomize(graph, SEED);
    return graph;
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet-20", "vgg-16", "cifar10-quick"})
  void network_givesWhatDl4jGives(String name) {
    ComputationGraph graph = graph(name, TestGraph.OPTIMIZER);
    EngineComparison.assertAgrees(graph, RandomImages.minibatch(1, 7));
    graph.close();
  }

  @Test
  void twentySteps_haveDl4jsLosses() {
    int batchSize = 15;
    double learningRate = 0.01;
    ComputationGraph graph = graph("resnet-20", TestGraph.OPTIMIZER);
    try (OnednnTrainingNetwork network =
        OnednnTrainingNetwork.of(graph, CifarRecord.SHAPE, TestGraph.OPTIMIZER, 0, batchSize)) {
      for (int step = 0; step < 20; step++) {
        Minibatch minibatch = RandomImages.minibatch(step, batchSize);
        double expected = Dl4jStep.of(graph, minibatch, 0, learningRate).lossSum();

        assertThat(network.step(minibatch, learningRate, step).lossSum())
            .as("step %d", step)
            .isCloseTo(expected, within(1e-3 * expected));
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
    ComputationGraph graph = graph("resnet-8", TestGraph.OPTIMIZER);
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
