package convoy.worker.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import convoy.worker.engine.InferenceNetwork;
import convoy.worker.engine.Probabilities;
import convoy.worker.engine.StepResult;
import convoy.worker.engine.TrainingNetwork;
import convoy.worker.image.CifarRecord;
import convoy.worker.image.Minibatch;
import convoy.worker.image.RandomImages;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.OptimizerSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class Dl4jEngineTest {
  private static final OptimizerSpec ADAM = new OptimizerSpec.AdamW(0.9, 0.999, 1e-8, 0);
  private static final OptimizerSpec SGD = new OptimizerSpec.Sgd(0.9, 1e-4);
  private static final int SEED = 5;

  private final Dl4jEngine engine = new Dl4jEngine();

  private static NetworkSpec network(String name) {
    return new NetworkSpec(name, CifarRecord.SHAPE, 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet-8", "vgg-16"})
  void helpersOfOneDnn_areAlive(String name) {
    ComputationGraph graph = new ComputationGraph(network(name).configuration(SGD, SEED));
    graph.init();
    int helped = 0;
    for (Layer layer : graph.getLayers()) {
      if (layer.conf().getLayer() instanceof ConvolutionLayer
          || layer.conf().getLayer() instanceof BatchNormalization
          || layer.conf().getLayer() instanceof SubsamplingLayer) {
        if (layer.conf().getLayer() instanceof BatchNormalization
            && !layer.conf().getLayer().getLayerName().startsWith("dense")) {
          assertThat(layer.getHelper()).as(layer.conf().getLayer().getLayerName()).isNotNull();
        }
        helped++;
      }
    }
    assertThat(helped).isGreaterThan(15);
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet-8", "cifar10-quick"})
  void step_isDl4jsOwnFit_bitForBit(String name) {
    List<Minibatch> minibatches = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      minibatches.add(RandomImages.minibatch(i, 7));
    }
    ComputationGraph graph = new ComputationGraph(network(name).configuration(ADAM, SEED));
    graph.init();
    graph.setLearningRate(0.01);
    try (TrainingNetwork ours = engine.openTraining(network(name), ADAM, 7, SEED)) {
      for (Minibatch minibatch : minibatches) {
        ours.step(minibatch, 0.01, 0);
        graph.fit(
            new INDArray[] {Nd4j.createFromArray(minibatch.images()).reshape(7, 3, 32, 32)},
            new INDArray[] {oneHot(minibatch)});
      }
      assertThat(ours.parameters()).isEqualTo(graph.params().toFloatVector());
      assertThat(ours.optimizerState())
          .isEqualTo(graph.getUpdater().getStateViewArray().toFloatVector());
    }
  }

  private static INDArray oneHot(Minibatch minibatch) {
    INDArray labels = Nd4j.zeros(minibatch.count(), 10);
    for (int i = 0; i < minibatch.count(); i++) {
      labels.putScalar(i, minibatch.labels()[i], 1);
    }
    return labels;
  }

  @Test
  void lossOfAStep_isDl4jsScore_andItsCorrectCountIsThatOfDl4jsOutput() {
    OptimizerSpec withoutDecay = new OptimizerSpec.Sgd(0.9, 0);
    Minibatch minibatch = RandomImages.minibatch(1, 16);
    ComputationGraph graph =
        new ComputationGraph(network("resnet-8").configuration(withoutDecay, SEED));
    graph.init();
    INDArray images = Nd4j.createFromArray(minibatch.images()).reshape(16, 3, 32, 32);
    // In training mode, as in the step: normalised by the minibatch's own statistics.
    long[] classes = graph.output(true, images)[0].argMax(1).toLongVector();
    int correct = 0;
    for (int i = 0; i < 16; i++) {
      correct += classes[i] == minibatch.labels()[i] ? 1 : 0;
    }
    graph.fit(new INDArray[] {images}, new INDArray[] {oneHot(minibatch)});
    try (TrainingNetwork ours = engine.openTraining(network("resnet-8"), withoutDecay, 16, SEED)) {
      StepResult result = ours.step(minibatch, 0.001, 0);

      assertThat(result.lossSum() / 16).isCloseTo(graph.score(), within(1e-5));
      assertThat(result.correct()).isEqualTo(correct);
    }
  }

  @Test
  void load_restoresEverythingThatAStepDependsOn() {
    Minibatch first = RandomImages.minibatch(1, 8);
    try (TrainingNetwork one = engine.openTraining(network("resnet-8"), ADAM, 8, SEED);
        TrainingNetwork other = engine.openTraining(network("resnet-8"), ADAM, 8, SEED + 1)) {
      one.step(first, 0.01, 0);
      float[] parameters = one.parameters();
      float[] optimizerState = one.optimizerState();
      one.step(RandomImages.minibatch(2, 8), 0.01, 0);
      other.step(RandomImages.minibatch(3, 8), 0.5, 0);

      other.load(parameters, optimizerState, 1);
      other.step(RandomImages.minibatch(2, 8), 0.01, 0);

      assertThat(other.parameters()).isEqualTo(one.parameters());
      assertThat(other.optimizerState()).isEqualTo(one.optimizerState());
    }
  }

  @Test
  void load_ofAnotherNetworksVector_isRefused() {
    try (TrainingNetwork network = engine.openTraining(network("resnet-8"), SGD, 8, SEED)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.load(new float[10], network.optimizerState(), 0))
          .withMessageStartingWith("Cannot load 10 parameters: this network has");
    }
  }

  @Test
  void dropoutSeed_determinesTheMasks() {
    Minibatch minibatch = RandomImages.minibatch(1, 4);
    assertThat(afterStep(minibatch, 3)).isEqualTo(afterStep(minibatch, 3));
    assertThat(afterStep(minibatch, 3)).isNotEqualTo(afterStep(minibatch, 4));
  }

  private float[] afterStep(Minibatch minibatch, long dropoutSeed) {
    try (TrainingNetwork network = engine.openTraining(network("vgg-16"), SGD, 4, SEED)) {
      network.step(minibatch, 0.01, dropoutSeed);
      return network.parameters();
    }
  }

  @Test
  void prediction_doesNotDependOnTheMinibatch() {
    float[] parameters;
    try (TrainingNetwork training = engine.openTraining(network("resnet-8"), SGD, 8, SEED)) {
      training.step(RandomImages.minibatch(9, 8), 0.01, 0);
      parameters = training.parameters();
    }
    Minibatch eight = RandomImages.minibatch(1, 8);
    try (InferenceNetwork network = engine.openInference(network("resnet-8"), parameters, 8)) {
      float[] together = network.predict(eight);
      float[] alone = network.predict(RandomImages.minibatch(1, 1));

      assertThat(together).hasSize(80);
      for (int c = 0; c < 10; c++) {
        assertThat(alone[c]).isCloseTo(together[c], within(1e-6f));
      }
      for (int i = 0; i < 8; i++) {
        float sum = 0;
        for (int c = 0; c < 10; c++) {
          sum += together[i * 10 + c];
        }
        assertThat(sum).isCloseTo(1, within(1e-5f));
      }
    }
  }

  @Test
  void exportedZip_givesStockDl4jTheSameOutputs() throws IOException {
    float[] parameters;
    try (TrainingNetwork training = engine.openTraining(network("resnet-8"), SGD, 8, SEED)) {
      training.step(RandomImages.minibatch(9, 8), 0.01, 0);
      parameters = training.parameters();
    }
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    Dl4jGraphs.write(network("resnet-8"), parameters, zip);
    Minibatch minibatch = RandomImages.minibatch(1, 8);

    ComputationGraph stock =
        ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(zip.toByteArray()), false);
    INDArray expected =
        stock.outputSingle(Nd4j.createFromArray(minibatch.images()).reshape(8, 3, 32, 32));

    try (InferenceNetwork network = engine.openInference(network("resnet-8"), parameters, 8)) {
      assertThat(network.predict(minibatch)).isEqualTo(expected.dup('c').data().asFloat());
    }
  }

  @Test
  void mostProbable_isTheLowestOfEquals() {
    assertThat(Probabilities.mostProbable(new float[] {9, 9, 0.2f, 0.4f, 0.4f, 0}, 1, 3))
        .isEqualTo(0);
    assertThat(Probabilities.mostProbable(new float[] {9, 9, 9, 0.2f, 0.4f, 0.4f}, 1, 3))
        .isEqualTo(1);
  }

  @Test
  void crossEntropy_isMinusLogarithm_andStaysFiniteAtZero() {
    assertThat(Probabilities.crossEntropy(new float[] {0.25f, 0.75f}, 0, 2, 0))
        .isCloseTo(Math.log(4), within(1e-12));
    assertThat(Probabilities.crossEntropy(new float[] {0, 1}, 0, 2, 0)).isFinite();
    assertThat(Probabilities.crossEntropy(new float[] {Float.NaN, 1}, 0, 2, 0)).isNaN();
  }
}
