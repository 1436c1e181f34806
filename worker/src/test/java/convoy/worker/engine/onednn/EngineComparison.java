package convoy.worker.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.worker.engine.StepResult;
import convoy.worker.image.minibatch.Minibatch;
import convoy.worker.network.TrainingLoss;
import convoy.worker.optimizer.OptimizerSpec;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.UpdaterBlock.ParamState;

/** Runs the engine beside DL4J from the same parameters, and asserts how near its results are. */
final class EngineComparison {
  /** Of forward results, as a share of the largest. */
  static final double FORWARD = 1e-4;

  /** Of a gradient, as a share of the largest of its tensor. */
  static final double GRADIENT = 1e-3;

  /** Of batch-norm means and variances, as a share of the largest of their tensor. */
  static final double STATISTICS = 1e-5;

  /**
   * Gradients below this share of the largest in the network count as 0: those of a bias before a
   * batch normalization, for instance, are rounding errors of sums that cancel.
   */
  private static final double NOISE = 1e-5;

  private static final double LEARNING_RATE = 0.01;

  private EngineComparison() {}

  /** One step, and one prediction before it. */
  static void assertAgrees(ComputationGraph graph, Minibatch minibatch) {
    assertPredictionAgrees(graph, minibatch, minibatch.count());
    assertStepsAgree(graph, TestGraph.OPTIMIZER, TrainingLoss.PLAIN, minibatch.count(), minibatch);
  }

  /** Steps one after the other; the graph takes part in them. */
  static void assertStepsAgree(
      ComputationGraph graph,
      OptimizerSpec optimizer,
      TrainingLoss loss,
      int batchSize,
      Minibatch... minibatches) {
    try (OnednnTrainingNetwork network =
        OnednnTrainingNetwork.of(graph, minibatches[0].shape(), optimizer, loss, batchSize)) {
      for (Minibatch minibatch : minibatches) {
        Dl4jStep expected = Dl4jStep.of(graph, minibatch, loss, LEARNING_RATE);
        StepResult result = network.step(minibatch, LEARNING_RATE, 1);

        assertThat(result.lossSum())
            .as("loss")
            .isCloseTo(expected.lossSum(), within(FORWARD * expected.lossSum()));
        assertThat(result.correct()).isEqualTo(expected.correct(minibatch));
        assertGradientsAgree(graph, network.gradients(), expected.gradients());
        assertParametersAgree(graph, network.parameters(), expected);
      }
    }
  }

  static void assertPredictionAgrees(ComputationGraph graph, Minibatch minibatch, int batchSize) {
    float[] expected = graph.output(false, Dl4jStep.images(minibatch))[0].dup('c').data().asFloat();
    try (OnednnInferenceNetwork network =
        OnednnInferenceNetwork.of(graph, minibatch.shape(), batchSize)) {
      float[] actual = network.predict(minibatch);

      assertThat(actual).as("probabilities").hasSameSizeAs(expected);
      assertNear("probabilities", actual, expected, 0, expected.length, FORWARD, 0);
    }
  }

  private static void assertGradientsAgree(
      ComputationGraph graph, float[] actual, float[] expected) {
    assertThat(actual).as("gradients").hasSameSizeAs(expected);
    double noise = 0;
    for (ParamState tensor : TestGraph.parameters(graph)) {
      if (isStatistic(tensor)) {
        assertZero(tensor, actual);
      } else {
        noise = Math.max(noise, NOISE * largest(tensor, expected));
      }
    }
    for (ParamState tensor : TestGraph.parameters(graph)) {
      if (!isStatistic(tensor)) {
        assertNear("gradient", tensor, actual, expected, GRADIENT, noise);
      }
    }
  }

  /** What is learnt is as near as its gradient makes it, statistics are nearer. */
  private static void assertParametersAgree(
      ComputationGraph graph, float[] actual, Dl4jStep expected) {
    assertThat(actual).as("parameters").hasSameSizeAs(expected.parameters());
    for (ParamState tensor : TestGraph.parameters(graph)) {
      // A few steps in the same direction, by momentum.
      double moved =
          isStatistic(tensor)
              ? 0
              : 4 * LEARNING_RATE * GRADIENT * largest(tensor, expected.gradients());
      assertNear("new value", tensor, actual, expected.parameters(), STATISTICS, moved);
    }
  }

  /** Whether it is a mean or a variance of a batch normalization, which no gradient moves. */
  static boolean isStatistic(ParamState tensor) {
    return tensor.getParamName().equals("mean") || tensor.getParamName().equals("var");
  }

  private static String name(ParamState tensor) {
    return tensor.getLayer().getConfig().getLayerName() + " " + tensor.getParamName();
  }

  private static void assertZero(ParamState tensor, float[] actual) {
    for (int i = tensor.getParamOffsetStart(); i < tensor.getParamOffsetEnd(); i++) {
      assertThat(actual[i]).as("gradient of %s", name(tensor)).isZero();
    }
  }

  private static void assertNear(
      String what,
      ParamState tensor,
      float[] actual,
      float[] expected,
      double relative,
      double absolute) {
    assertNear(
        what + " of " + name(tensor),
        actual,
        expected,
        tensor.getParamOffsetStart(),
        tensor.getParamOffsetEnd(),
        relative,
        absolute);
  }

  /** Every value is as near as a share of the largest expected one, or absolutely. */
  static void assertNear(
      String what,
      float[] actual,
      float[] expected,
      int start,
      int end,
      double relative,
      double absolute) {
    double allowed = Math.max(absolute, relative * largest(expected, start, end));
    int worst = start;
    for (int i = start; i < end; i++) {
      // To this comparison NaN is the worst of all.
      if (Float.compare(
              Math.abs(actual[i] - expected[i]), Math.abs(actual[worst] - expected[worst]))
          > 0) {
        worst = i;
      }
    }
    assertThat((double) actual[worst])
        .as("%s at %d, allowed %.3g", what, worst - start, allowed)
        .isCloseTo(expected[worst], within(allowed));
  }

  private static double largest(ParamState tensor, float[] values) {
    return largest(values, tensor.getParamOffsetStart(), tensor.getParamOffsetEnd());
  }

  private static double largest(float[] values, int start, int end) {
    double largest = 0;
    for (int i = start; i < end; i++) {
      largest = Math.max(largest, Math.abs(values[i]));
    }
    return largest;
  }
}
