package convoy.worker.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.worker.image.ImageShape;
import convoy.worker.image.minibatch.GaussianImages;
import convoy.worker.image.minibatch.Minibatch;
import convoy.worker.network.TrainingLoss;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.UpdaterBlock.ParamState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;

/** The gradient is the slope of the loss that the engine itself reports: no other engine needed. */
class NumericGradientTest {
  private static final ImageShape SHAPE = new ImageShape(3, 9, 9);
  private static final int BATCH = 5;
  private static final long DROPOUT_SEED = 3;

  /** Far enough for the loss's rounding not to matter, near enough for its curvature not to. */
  private static final float STEP = 1e-2f;

  private static ComputationGraph everyLayer() {
    return new TestGraph(SHAPE, 8)
        .thenConvolution("convolution", 8)
        .then("response", new LocalResponseNormalization.Builder(2, 5, 0.1, 0.75).build())
        .then("norm", new BatchNormalization.Builder().useLogStd(false).build())
        .then("relu", new ActivationLayer(Activation.RELU))
        .fromConvolution("a", 8, "relu")
        .fromConvolution("b", 8, "relu")
        .join("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "a", "b", "relu")
        .join("merge", new MergeVertex(), "sum", "a")
        .then(
            "pool",
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG)
                .kernelSize(3, 3)
                .stride(2, 2)
                .padding(1, 1)
                .avgPoolIncludePadInDivisor(true)
                .build())
        .then("dropout", new DropoutLayer(0.7))
        .then("dense", new DenseLayer.Builder().nOut(11).build())
        .build();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1})
  void gradient_isTheSlopeOfTheLoss(double smoothing) {
    assertGradientIsSlope(everyLayer(), TrainingLoss.smoothed(smoothing));
  }

  @Test
  void gradient_isTheSlopeOfTheLoss_withClassWeights() {
    assertGradientIsSlope(everyLayer(), new TrainingLoss(0.1, List.of(0.25, 0.5, 1.0, 1.5, 3.0)));
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 16, 24})
  void gradient_isTheSlopeOfTheLoss_whateverReadsADroppedMap(int channels) {
    TestGraph graph =
        new TestGraph(SHAPE, 1)
            .thenConvolution("before", channels)
            .then("dropout", new DropoutLayer(0.5))
            .thenConvolution("convolution", channels)
            .then("dropout2", new DropoutLayer(0.5))
            .then(
                "pool",
                new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG)
                    .kernelSize(3, 3)
                    .stride(1, 1)
                    .build())
            .then("dropout3", new DropoutLayer(0.6))
            .then("norm", new BatchNormalization.Builder().useLogStd(false).build())
            .then("dropout4", new DropoutLayer(0.7))
            .join("merge", new MergeVertex(), "dropout4", "dropout3");
    assertGradientIsSlope(graph.build(), TrainingLoss.PLAIN);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 16})
  void gradient_isTheSlopeOfTheLoss_whereTwoReadADroppedMap(int channels) {
    TestGraph graph =
        new TestGraph(SHAPE, 1)
            .thenConvolution("before", channels)
            .then("dropout", new DropoutLayer(0.5))
            .thenConvolution("convolution", channels)
            .join("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "convolution", "dropout")
            .then("dropout2", new DropoutLayer(0.5));
    assertGradientIsSlope(graph.build(), TrainingLoss.PLAIN);
  }

  /** Along a random direction of each tensor. */
  private static void assertGradientIsSlope(ComputationGraph graph, TrainingLoss loss) {
    Minibatch minibatch = GaussianImages.minibatch(1, SHAPE, TestGraph.CLASSES, BATCH);
    float[] parameters = graph.params().toFloatVector();
    try (OnednnTrainingNetwork network =
        OnednnTrainingNetwork.of(graph, SHAPE, TestGraph.OPTIMIZER, loss, BATCH)) {
      network.step(minibatch, 0, DROPOUT_SEED);
      float[] gradients = network.gradients();
      Random random = new Random(4);
      for (ParamState tensor : TestGraph.parameters(graph)) {
        float[] direction = direction(random, tensor, parameters.length);
        double slope = 0;
        double length = 0;
        for (int i = 0; i < parameters.length; i++) {
          slope += (double) gradients[i] * direction[i];
          length += direction[i] == 0 ? 0 : (double) gradients[i] * gradients[i];
        }

        double forth = loss(network, minibatch, moved(parameters, direction, STEP));
        double back = loss(network, minibatch, moved(parameters, direction, -STEP));

        assertThat((forth - back) / (2 * STEP))
            .as("%s %s", tensor.getLayer().getConfig().getLayerName(), tensor.getParamName())
            .isCloseTo(slope, within(0.01 * Math.sqrt(length) + 1e-4));
      }
    }
  }

  /** A random direction of length 1 in the space of one tensor. */
  private static float[] direction(Random random, ParamState tensor, int parameters) {
    float[] direction = new float[parameters];
    double square = 0;
    for (int i = tensor.getParamOffsetStart(); i < tensor.getParamOffsetEnd(); i++) {
      direction[i] = (float) random.nextGaussian();
      square += direction[i] * direction[i];
    }
    for (int i = tensor.getParamOffsetStart(); i < tensor.getParamOffsetEnd(); i++) {
      direction[i] /= (float) Math.sqrt(square);
    }
    return direction;
  }

  private static float[] moved(float[] parameters, float[] direction, float step) {
    float[] moved = parameters.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += step * direction[i];
    }
    return moved;
  }

  private static double loss(
      OnednnTrainingNetwork network, Minibatch minibatch, float[] parameters) {
    network.load(parameters, network.optimizerState(), 0);
    return network.step(minibatch, 0, DROPOUT_SEED).lossSum() / BATCH;
  }
}
