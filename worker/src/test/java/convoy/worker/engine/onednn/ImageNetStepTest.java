package convoy.worker.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.worker.engine.StepResult;
import convoy.worker.image.ImageShape;
import convoy.worker.image.minibatch.GaussianImages;
import convoy.worker.image.minibatch.Minibatch;
import convoy.worker.network.Dl4jGraphs;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingLoss;
import convoy.worker.optimizer.OptimizerSpec;
import convoy.worker.optimizer.Sgd;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.UpdaterBlock.ParamState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The networks for images of 224x224 pixels, each in one step. The bench has the larger ones. */
class ImageNetStepTest {
  private static final ImageShape SHAPE = new ImageShape(3, 224, 224);
  private static final int CLASSES = 1000;
  private static final OptimizerSpec SGD = new Sgd(0.9, 1e-4);

  @ParameterizedTest
  @CsvSource({"resnet-18, 2", "resnet-50, 1", "googlenet, 2"})
  void step_hasAFiniteLoss_aGradientInEveryTensor_andLeavesFiniteParameters(
      String name, int images) {
    Minibatch minibatch = GaussianImages.minibatch(1, SHAPE, CLASSES, images);
    ComputationGraph graph =
        Dl4jGraphs.initialised(new NetworkSpec(name, SHAPE, CLASSES).configuration(SGD, 1));
    try (OnednnTrainingNetwork network =
        OnednnTrainingNetwork.of(graph, SHAPE, SGD, TrainingLoss.PLAIN, images)) {
      StepResult result = network.step(minibatch, 0.01, 1);

      assertThat(result.lossSum()).isFinite().isPositive();
      float[] gradients = network.gradients();
      float[] parameters = network.parameters();
      for (ParamState tensor : TestGraph.parameters(graph)) {
        String what = tensor.getLayer().getConfig().getLayerName() + " " + tensor.getParamName();
        int from = tensor.getParamOffsetStart();
        int to = tensor.getParamOffsetEnd();
        assertThat(largest(parameters, from, to)).as(what).isFinite();
        if (!EngineComparison.isStatistic(tensor)) {
          assertThat(largest(gradients, from, to))
              .as("gradient of " + what)
              .isFinite()
              .isPositive();
        }
      }
    } finally {
      graph.close();
    }
  }

  /** The largest absolute value, NaN if there is one. */
  private static float largest(float[] values, int from, int to) {
    float largest = 0;
    for (int i = from; i < to; i++) {
      largest = Math.max(largest, Math.abs(values[i]));
    }
    return largest;
  }
}
