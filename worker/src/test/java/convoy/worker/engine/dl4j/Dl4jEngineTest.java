package convoy.worker.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import convoy.worker.engine.InferenceNetwork;
import convoy.worker.engine.Probabilities;
import convoy.worker.engine.StepResult;
import convoy.worker.engine.TrainingNetwork;
import convoy.worker.image.minibatch.Minibatch;
import convoy.worker.image.minibatch.RandomImages;
import convoy.worker.image.shard.CifarRecord;
import convoy.worker.network.Dl4jArrays;
import convoy.worker.network.Dl4jGraphs;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingLoss;
import convoy.worker.network.TrainingSpec;
import convoy.worker.optimizer.AdamW;
import convoy.worker.optimizer.OptimizerSpec;
import convoy.worker.optimizer.Sgd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

class Dl4jEngineTest {
  private static final OptimizerSpec ADAM = new AdamW(0.9, 0.999, 1e-8, 0);
  private static final OptimizerSpec SGD = new Sgd(0.9, 1e-4);
  private static final int SEED = 5;

  private final Dl4jEngine engine = new Dl4jEngine();

  private static NetworkSpec network(String name) {
    return new NetworkSpec(name, CifarRecord.SHAPE, 10);
  }

  private static TrainingSpec training(String name, OptimizerSpec optimizer) {
    return new TrainingSpec(network(name), optimizer, 0, 1);
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
    try (TrainingNetwork ours = engine.openTraining(training(name, ADAM), 7, SEED)) {
      for (Minibatch minibatch : minibatches) {
        // Another rate each step, as schedules have it.
        double rate = 0.01 / (1 + minibatches.indexOf(minibatch));
        graph.setLearningRate(rate);
        ours.step(minibatch, rate, 0);
        graph.fit(
            new INDArray[] {Nd4j.createFromArray(minibatch.images()).reshape(7, 3, 32, 32)},
            new INDArray[] {oneHot(minibatch)});
      }
      assertThat(ours.parameters()).isEqualTo(graph.params().toFloatVector());
      assertThat(ours.optimizerState())
          .isEqualTo(graph.getUpdater().getStateViewArray().toFloatVector());
    }
  }

  @Test
  void load_withoutOptimizerState_isThatOfAnOptimizerThatHasTakenNoStep() {
    Minibatch minibatch = RandomImages.minibatch(1, 4);
    try (TrainingNetwork network = engine.openTraining(training("cifar10-quick", ADAM), 4, SEED)) {
      float[] start = network.parameters();
      network.step(minibatch, 0.01, 0);
      float[] first = network.parameters();

      network.load(start, new float[0], 0);

      assertThat(network.optimizerState()).containsOnly(0);
      network.step(minibatch, 0.01, 0);
      assertThat(network.parameters()).isEqualTo(first);
    }
  }

  @Test
  void loss_isThatOfTheFirstOutput_andAuxiliaryOutputsCount03() {
    OptimizerSpec withoutDecay = new Sgd(0, 0);
    Minibatch minibatch = RandomImages.minibatch(1, 3);
    ComputationGraph graph =
        new ComputationGraph(network("googlenet").configuration(withoutDecay, SEED));
    graph.init();
    float[] before = graph.params().toFloatVector();
    INDArray images = Nd4j.createFromArray(minibatch.images()).reshape(3, 3, 32, 32);
    double[] losses = new double[3];
    // The masks are drawn in the order of the layers, so the same seed gives those of the step.
    Nd4j.getRandom().setSeed(7);
    INDArray[] outputs = graph.output(true, images);
    for (int output = 0; output < 3; output++) {
      for (int i = 0; i < 3; i++) {
        losses[output] -= Math.log(outputs[output].getDouble(i, minibatch.labels()[i]));
      }
    }
    INDArray labels = oneHot(minibatch);
    Nd4j.getRandom().setSeed(7);
    graph.setLearningRate(0.01);
    graph.fit(new INDArray[] {images}, new INDArray[] {labels, labels, labels});
    try (TrainingNetwork ours = engine.openTraining(training("googlenet", withoutDecay), 3, SEED)) {
      StepResult result = ours.step(minibatch, 0.01, 7);

      assertThat(result.lossSum()).isCloseTo(losses[0], within(1e-5));
      assertThat(3 * graph.score())
          .isCloseTo(losses[0] + 0.3 * (losses[1] + losses[2]), within(1e-4));
      assertThat(ours.parameters()).isNotEqualTo(before).isEqualTo(graph.params().toFloatVector());
    }
  }

  @Test
  void gradientOfGoogLeNet_isTheSlopeOfItsWeightedLoss() {
    // Through inception modules, pools, response normalization and both auxiliary classifiers.
    Minibatch minibatch = RandomImages.minibatch(1, 4);
    ComputationGraph graph =
        new ComputationGraph(network("googlenet").configuration(new Sgd(0, 0), SEED));
    graph.init();
    INDArray labels = Dl4jArrays.labels(minibatch, 10, TrainingLoss.smoothed(0.1));
    INDArray[] images = {Dl4jArrays.images(minibatch)};
    INDArray[] ofEachOutput = {labels, labels, labels};
    INDArray before = graph.params().dup();
    graph.setLearningRate(1);
    Nd4j.getRandom().setSeed(7);
    graph.fit(images, ofEachOutput);
    INDArray gradient = before.sub(graph.params());
    double norm = gradient.norm2Number().doubleValue();
    double distance = 1e-3;
    double[] scores = new double[2];
    for (int side = 0; side < 2; side++) {
      double along = (side == 0 ? -distance : distance) / norm;
      graph.setParams(before.add(gradient.mul(along)));
      Nd4j.getRandom().setSeed(7);
      scores[side] = graph.score(new MultiDataSet(images, ofEachOutput), true);
    }

    assertThat((scores[1] - scores[0]) / (2 * distance)).isCloseTo(norm, withinPercentage(2));
  }

  @Test
  void prediction_isTheFirstOutput() {
    Minibatch minibatch = RandomImages.minibatch(1, 2);
    ComputationGraph graph = new ComputationGraph(network("googlenet").configuration(SGD, SEED));
    graph.init();
    INDArray[] outputs =
        graph.output(Nd4j.createFromArray(minibatch.images()).reshape(2, 3, 32, 32));
    float[] parameters = graph.params().toFloatVector();

    try (InferenceNetwork network = engine.openInference(network("googlenet"), parameters, 2)) {
      assertThat(network.predict(minibatch))
          .isEqualTo(outputs[0].dup('c').data().asFloat())
          .isNotEqualTo(outputs[1].dup('c').data().asFloat());
    }
  }

  @Test
  void smoothedLabels_areOneHotAndUniform_mixed() {
    Minibatch minibatch = RandomImages.minibatch(1, 5);

    try (INDArray labels = Dl4jArrays.labels(minibatch, 10, TrainingLoss.smoothed(0.2))) {
      for (int i = 0; i < 5; i++) {
        for (int c = 0; c < 10; c++) {
          double expected = c == minibatch.labels()[i] ? 0.8 + 0.02 : 0.02;
          assertThat(labels.getDouble(i, c)).isCloseTo(expected, within(1e-7));
        }
      }
    }
  }

  @Test
  void stepWithSmoothedLabels_isDl4jsOwnFitOnThem_andItsLossIsDl4jsScore() {
    OptimizerSpec withoutDecay = new Sgd(0.9, 0);
    Minibatch minibatch = RandomImages.minibatch(1, 6);
    ComputationGraph graph =
        new ComputationGraph(network("resnet-8").configuration(withoutDecay, SEED));
    graph.init();
    graph.setLearningRate(0.01);
    INDArray labels = oneHot(minibatch).mul(0.9).add(0.1 / 10);
    graph.fit(
        new INDArray[] {Nd4j.createFromArray(minibatch.images()).reshape(6, 3, 32, 32)},
        new INDArray[] {labels});
    TrainingSpec smoothed = new TrainingSpec(network("resnet-8"), withoutDecay, 0.1, 1);
    try (TrainingNetwork ours = engine.openTraining(smoothed, 6, SEED)) {
      StepResult result = ours.step(minibatch, 0.01, 0);

      assertThat(result.lossSum() / 6).isCloseTo(graph.score(), within(1e-5));
      float[] expected = graph.params().toFloatVector();
      float[] parameters = ours.parameters();
      for (int i = 0; i < expected.length; i++) {
        assertThat(parameters[i]).isCloseTo(expected[i], within(1e-6f));
      }
    }
  }

  @Test
  void localResponseNormalization_isKrizhevskysFormula_inBothModes() {
    ComputationGraph graph = new ComputationGraph(network("googlenet").configuration(SGD, SEED));
    graph.init();
    INDArray images =
        Nd4j.createFromArray(RandomImages.minibatch(1, 2).images()).reshape(2, 3, 32, 32).mul(20);
    for (boolean training : new boolean[] {false, true}) {
      Map<String, INDArray> activations = graph.feedForward(images, training);
      INDArray in = activations.get("stem1-relu");
      INDArray out = activations.get("stem1-lrn");

      for (int channel = 0; channel < 64; channel++) {
        double squares = 0;
        for (int c = Math.max(0, channel - 2); c <= Math.min(63, channel + 2); c++) {
          squares += Math.pow(in.getDouble(1, c, 5, 9), 2);
        }
        double expected = in.getDouble(1, channel, 5, 9) / Math.pow(1 + 1e-4 / 5 * squares, 0.75);
        assertThat(out.getDouble(1, channel, 5, 9)).isCloseTo(expected, within(1e-4));
      }
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
    OptimizerSpec withoutDecay = new Sgd(0.9, 0);
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
    try (TrainingNetwork ours = engine.openTraining(training("resnet-8", withoutDecay), 16, SEED)) {
      StepResult result = ours.step(minibatch, 0.001, 0);

      assertThat(result.lossSum() / 16).isCloseTo(graph.score(), within(1e-5));
      assertThat(result.correct()).isEqualTo(correct);
    }
  }

  @Test
  void load_restoresEverythingThatAStepDependsOn() {
    Minibatch first = RandomImages.minibatch(1, 8);
    try (TrainingNetwork one = engine.openTraining(training("resnet-8", ADAM), 8, SEED);
        TrainingNetwork other = engine.openTraining(training("resnet-8", ADAM), 8, SEED + 1)) {
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
    try (TrainingNetwork network = engine.openTraining(training("resnet-8", SGD), 8, SEED)) {
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
    try (TrainingNetwork network = engine.openTraining(training("vgg-16", SGD), 4, SEED)) {
      network.step(minibatch, 0.01, dropoutSeed);
      return network.parameters();
    }
  }

  @Test
  void prediction_doesNotDependOnTheMinibatch() {
    float[] parameters;
    try (TrainingNetwork training = engine.openTraining(training("resnet-8", SGD), 8, SEED)) {
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

  @ParameterizedTest
  @ValueSource(strings = {"resnet-8", "googlenet"})
  void exportedZip_givesStockDl4jTheSameFirstOutput(String name) throws IOException {
    float[] parameters;
    try (TrainingNetwork training = engine.openTraining(training(name, SGD), 8, SEED)) {
      training.step(RandomImages.minibatch(9, 8), 0.01, 0);
      parameters = training.parameters();
    }
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    Dl4jGraphs.write(network(name), parameters, zip);
    Minibatch minibatch = RandomImages.minibatch(1, 8);

    ComputationGraph stock =
        ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(zip.toByteArray()), false);
    INDArray expected =
        stock.output(Nd4j.createFromArray(minibatch.images()).reshape(8, 3, 32, 32))[0];

    try (InferenceNetwork network = engine.openInference(network(name), parameters, 8)) {
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

  @Test
  void smoothedCrossEntropy_isThatOfTheSmoothedDistribution() {
    float[] probabilities = {9, 9, 9, 9, 0.1f, 0.2f, 0.3f, 0.4f};
    double[] targets = {0.05, 0.05, 0.85, 0.05};
    double expected = 0;
    for (int c = 0; c < 4; c++) {
      expected -= targets[c] * Math.log(probabilities[4 + c]);
    }
    assertThat(Probabilities.loss(probabilities, 1, 4, 2, TrainingLoss.smoothed(0.2)))
        .isCloseTo(expected, within(1e-12));
    assertThat(Probabilities.loss(probabilities, 1, 4, 2, TrainingLoss.PLAIN))
        .isEqualTo(Probabilities.crossEntropy(probabilities, 1, 4, 2));
  }
}
