package convoy.worker.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.worker.engine.StepResult;
import convoy.worker.engine.TrainingNetwork;
import convoy.worker.engine.catalog.Engines;
import convoy.worker.image.ImageShape;
import convoy.worker.image.minibatch.GaussianImages;
import convoy.worker.image.minibatch.Minibatch;
import convoy.worker.network.Dl4jGraphs;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingLoss;
import convoy.worker.network.TrainingSpec;
import convoy.worker.optimizer.Sgd;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Images count as much as their classes: by DL4J's own weighted loss, and in both engines. */
class ClassWeightsTest {
  private static final ImageShape SHAPE = new ImageShape(3, 32, 32);
  private static final Sgd SGD = new Sgd(0, 0);
  private static final double LEARNING_RATE = 0.01;

  private static NetworkSpec network(String name, int classes) {
    return new NetworkSpec(name, SHAPE, classes);
  }

  /** Of a mean about 1, none like its neighbours. */
  private static List<Double> weights(int classes) {
    return IntStream.range(0, classes).mapToObj(c -> 0.25 + (c * 7 % 10) / 6.0).toList();
  }

  /** What DL4J calls a weighted loss weighs the term of each class; only one is there, if sharp. */
  @Test
  void weightedLoss_ofSharpLabels_isDl4jsOwn() {
    NetworkSpec network = network("cifar10-quick", 10);
    ComputationGraph plain = Dl4jGraphs.initialised(network.configuration(SGD, 3));
    ComputationGraphConfiguration configuration = network.configuration(SGD, 3);
    LayerVertex output = (LayerVertex) configuration.getVertices().get("probabilities");
    float[] weights = new float[10];
    IntStream.range(0, 10).forEach(c -> weights[c] = weights(10).get(c).floatValue());
    ((OutputLayer) output.getLayerConf().getLayer())
        .setLossFn(new LossMCXENT(Nd4j.createFromArray(new float[][] {weights})));
    ComputationGraph weighted = Dl4jGraphs.initialised(configuration);
    Minibatch minibatch = GaussianImages.minibatch(1, SHAPE, 10, 9);

    float[] expected =
        Dl4jStep.of(weighted, minibatch, TrainingLoss.PLAIN, LEARNING_RATE).gradients();
    TrainingLoss loss = new TrainingLoss(0, weights(10));
    try (OnednnTrainingNetwork engine = OnednnTrainingNetwork.of(plain, SHAPE, SGD, loss, 9)) {
      engine.step(minibatch, LEARNING_RATE, 0);

      EngineComparison.assertNear(
          "gradients", engine.gradients(), expected, 0, expected.length, 1e-4, 0);
    }
    plain.close();
    weighted.close();
  }

  @ParameterizedTest
  @CsvSource({
    "cifar10-quick, 10, 0",
    "cifar10-quick, 10, 0.1",
    "cifar10-quick, 1000, 0.1",
    "cifar10-quick, 65536, 0",
    "googlenet, 7, 0.1"
  })
  void bothEngines_takeTheSameStep(String name, int classes, double smoothing) {
    TrainingSpec spec =
        new TrainingSpec(network(name, classes), SGD, smoothing, 0, weights(classes));
    Minibatch minibatch = GaussianImages.minibatch(2, SHAPE, classes, 3);
    try (TrainingNetwork onednn = Engines.named("onednn").openTraining(spec, 3, 5);
        TrainingNetwork dl4j = Engines.named("dl4j").openTraining(spec, 3, 5)) {
      float[] before = dl4j.parameters();
      assertThat(onednn.parameters()).isEqualTo(before);
      StepResult expected = dl4j.step(minibatch, LEARNING_RATE, 0);
      StepResult actual = onednn.step(minibatch, LEARNING_RATE, 0);

      assertThat(actual.lossSum()).isCloseTo(expected.lossSum(), within(1e-4 * expected.lossSum()));
      assertThat(distance(onednn.parameters(), dl4j.parameters()))
          .isLessThan(0.01 * distance(before, dl4j.parameters()));
    }
  }

  @Test
  void weightsOfOne_changeNothing() {
    NetworkSpec network = network("resnet-8", 10);
    Minibatch minibatch = GaussianImages.minibatch(1, SHAPE, 10, 4);
    for (String engine : Engines.names()) {
      assertThat(
              stepped(
                  engine,
                  new TrainingSpec(network, SGD, 0.1, 1, Collections.nCopies(10, 1.0)),
                  minibatch))
          .as(engine)
          .usingComparatorWithPrecision(engine.equals("onednn") ? 0f : 1e-6f)
          .containsExactly(stepped(engine, new TrainingSpec(network, SGD, 0.1, 1), minibatch));
    }
  }

  private static float[] stepped(String engine, TrainingSpec spec, Minibatch minibatch) {
    try (TrainingNetwork network = Engines.named(engine).openTraining(spec, 4, 5)) {
      network.step(minibatch, LEARNING_RATE, 0);
      return network.parameters();
    }
  }

  /** Euclidean. */
  private static double distance(float[] first, float[] second) {
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += Math.pow((double) first[i] - second[i], 2);
    }
    return Math.sqrt(sum);
  }
}
