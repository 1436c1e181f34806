package convoy.worker.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.worker.image.ImageShape;
import convoy.worker.image.minibatch.GaussianImages;
import convoy.worker.image.minibatch.Minibatch;
import convoy.worker.network.TrainingLoss;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.UpdaterBlock.ParamState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What dropout does, seen from outside. With one image, the gradient of the classifier's weights is
 * the product of what it was given and the gradient of its biases: so a row tells what dropout made
 * of one unit.
 */
class DropoutTest {
  private static final ImageShape SHAPE = new ImageShape(3, 10, 10);
  private static final int UNITS = 4000;

  private static ComputationGraph units(double keep) {
    return new TestGraph(SHAPE, 1)
        .then("dense", new DenseLayer.Builder().nOut(UNITS).build())
        .then("dropout", new DropoutLayer(keep))
        .build();
  }

  private static Minibatch minibatch(int count) {
    return GaussianImages.minibatch(2, SHAPE, TestGraph.CLASSES, count);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.5, 0.9})
  void units_areKeptWithTheirProbability_andScaledByItsInverse(double keep) {
    float[] kept = given(units(keep), 5);
    float[] all = given(units(1), 5);

    int count = 0;
    for (int i = 0; i < UNITS; i++) {
      if (kept[i] != 0) {
        count++;
        assertThat((double) kept[i])
            .isCloseTo(all[i] / keep, within(1e-3 + 1e-3 * Math.abs(all[i])));
      }
    }
    // Four standard deviations of the binomial distribution.
    assertThat((double) count)
        .isCloseTo(keep * UNITS, within(4 * Math.sqrt(keep * (1 - keep) * UNITS)));
  }

  @Test
  void maps_areDroppedPixelByPixel_andDifferentlyFromImageToImage() {
    ComputationGraph graph =
        new TestGraph(SHAPE, 1)
            .thenConvolution("before", 16)
            .then("dropout", new DropoutLayer(0.5))
            .build();
    Minibatch two = minibatch(2);
    System.arraycopy(two.images(), 0, two.images(), SHAPE.pixels(), SHAPE.pixels());

    float[] one = weightGradient(graph, minibatch(1), 3);
    float[] both = weightGradient(graph, two, 3);

    // A row is 0 if the value is dropped in every image.
    assertThat(zeroRows(one)).isCloseTo(0.5, within(0.06));
    assertThat(zeroRows(both)).isCloseTo(0.25, within(0.06));
  }

  @Test
  void gradients_flowBackThroughKeptUnitsOnly_andScaledAlike() {
    double keep = 0.4;
    ComputationGraph graph = units(keep);
    float[] gradients = gradients(graph, minibatch(1), 5);
    float[] kept = given(graph, 5);
    float[] ofUnits = slice(graph, gradients, "dense", "b");
    float[] ofClasses = slice(graph, gradients, "probabilities", "b");
    // DL4J keeps a dense layer's weights [in, out] column by column.
    float[] weights = slice(graph, graph.params().toFloatVector(), "probabilities", "W");

    for (int i = 0; i < UNITS; i++) {
      double expected = 0;
      for (int c = 0; c < TestGraph.CLASSES; c++) {
        expected += kept[i] == 0 ? 0 : weights[c * UNITS + i] * ofClasses[c] / keep;
      }
      assertThat((double) ofUnits[i]).as("unit %d", i).isCloseTo(expected, within(1e-5));
    }
  }

  @Test
  void sameSeed_drawsTheSameMasks_whateverWasDrawnBetween() {
    ComputationGraph graph = units(0.5);
    try (OnednnTrainingNetwork network = open(graph, 3)) {
      float[] first = gradientsOfStep(network, 5);
      float[] between = gradientsOfStep(network, 6);
      gradientsOfStep(network, 7);
      float[] again = gradientsOfStep(network, 5);

      assertThat(again).isEqualTo(first);
      assertThat(between).isNotEqualTo(first);
    }
    try (OnednnTrainingNetwork one = open(graph, 3);
        OnednnTrainingNetwork other = open(graph, 3)) {
      gradientsOfStep(one, 9);

      assertThat(gradientsOfStep(other, 5)).isEqualTo(gradientsOfStep(one, 5));
    }
  }

  @Test
  void layersOfOneNetwork_drawDifferentMasks() {
    ComputationGraph graph =
        new TestGraph(SHAPE, 1)
            .then("first", new DropoutLayer(0.5))
            .then("second", new DropoutLayer(0.5))
            .build();

    assertThat(zeroRows(weightGradient(graph, minibatch(1), 3))).isCloseTo(0.75, within(0.12));
  }

  @Test
  void predictions_dropNothing() {
    EngineComparison.assertPredictionAgrees(units(0.5), minibatch(3), 3);
  }

  /** What dropout gave to the classifier for one image. */
  private static float[] given(ComputationGraph graph, long seed) {
    float[] gradients = gradients(graph, minibatch(1), seed);
    float[] ofWeights = slice(graph, gradients, "probabilities", "W");
    float[] ofBiases = slice(graph, gradients, "probabilities", "b");
    float[] given = new float[ofWeights.length / TestGraph.CLASSES];
    for (int i = 0; i < given.length; i++) {
      given[i] = ofWeights[i] / ofBiases[0];
    }
    return given;
  }

  private static double zeroRows(float[] weightGradient) {
    int units = weightGradient.length / TestGraph.CLASSES;
    int zero = 0;
    for (int i = 0; i < units; i++) {
      boolean all = true;
      for (int c = 0; c < TestGraph.CLASSES; c++) {
        all &= weightGradient[c * units + i] == 0;
      }
      zero += all ? 1 : 0;
    }
    return zero / (double) units;
  }

  private static float[] weightGradient(ComputationGraph graph, Minibatch minibatch, long seed) {
    return slice(graph, gradients(graph, minibatch, seed), "probabilities", "W");
  }

  private static float[] gradients(ComputationGraph graph, Minibatch minibatch, long seed) {
    try (OnednnTrainingNetwork network = open(graph, minibatch.count())) {
      network.step(minibatch, 0, seed);
      return network.gradients();
    }
  }

  private static float[] gradientsOfStep(OnednnTrainingNetwork network, long seed) {
    network.step(minibatch(3), 0, seed);
    return network.gradients();
  }

  private static OnednnTrainingNetwork open(ComputationGraph graph, int batchSize) {
    return OnednnTrainingNetwork.of(
        graph, SHAPE, TestGraph.OPTIMIZER, TrainingLoss.PLAIN, batchSize);
  }

  private static float[] slice(
      ComputationGraph graph, float[] flat, String layer, String parameter) {
    for (ParamState tensor : TestGraph.parameters(graph)) {
      if (tensor.getLayer().getConfig().getLayerName().equals(layer)
          && tensor.getParamName().equals(parameter)) {
        return Arrays.copyOfRange(flat, tensor.getParamOffsetStart(), tensor.getParamOffsetEnd());
      }
    }
    throw new AssertionError(layer + " has no " + parameter);
  }
}
