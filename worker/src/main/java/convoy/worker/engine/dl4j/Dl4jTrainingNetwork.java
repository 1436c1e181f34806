package convoy.worker.engine.dl4j;

import convoy.worker.engine.StepResult;
import convoy.worker.engine.TrainingNetwork;
import convoy.worker.image.minibatch.Minibatch;
import convoy.worker.network.Dl4jArrays;
import convoy.worker.network.TrainingLoss;
import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.updater.UpdaterBlock.ParamState;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * A DL4J graph that learns by DL4J's own {@code fit}; what Convoy adds is the learning rate, the
 * seed of the dropout masks and a look at the first output on the way. Every output gets the same
 * labels.
 */
final class Dl4jTrainingNetwork implements TrainingNetwork {
  private final ComputationGraph graph;
  private final int classes;
  private final TrainingLoss loss;
  private final OutputObserver observer;
  private double learningRate = Double.NaN;

  Dl4jTrainingNetwork(ComputationGraph graph, int classes, TrainingLoss loss) {
    this.graph = graph;
    this.classes = classes;
    this.loss = loss;
    this.observer = new OutputObserver(classes, loss);
    graph.setListeners(observer);
  }

  @Override
  public void load(float[] parameters, float[] optimizerState, long iteration) {
    overwrite(graph.params(), parameters, "parameters");
    INDArray state = graph.getUpdater().getStateViewArray();
    if (state != null && optimizerState.length == 0) {
      state.assign(0);
    } else if (state != null) {
      overwrite(state, optimizerState, "values of optimizer state");
    }
    graph.getConfiguration().setIterationCount(Math.toIntExact(iteration));
  }

  @Override
  public float[] parameters() {
    return graph.params().toFloatVector();
  }

  @Override
  public float[] optimizerState() {
    INDArray state = graph.getUpdater().getStateViewArray();
    return state == null ? new float[0] : state.toFloatVector();
  }

  @Override
  public StepResult step(Minibatch minibatch, double newLearningRate, long dropoutSeed) {
    if (newLearningRate != learningRate) {
      setLearningRate(newLearningRate);
      learningRate = newLearningRate;
    }
    // ND4J's generator belongs to the thread and is seeded by the clock.
    Nd4j.getRandom().setSeed(dropoutSeed);
    observer.expect(minibatch);
    try (INDArray images = Dl4jArrays.images(minibatch);
        INDArray labels = Dl4jArrays.labels(minibatch, classes, loss)) {
      INDArray[] ofEachOutput = new INDArray[graph.getNumOutputArrays()];
      Arrays.fill(ofEachOutput, labels);
      graph.fit(new INDArray[] {images}, ofEachOutput);
    }
    return observer.result();
  }

  /**
   * Sets the rate of every updater in place. DL4J's own way builds all updaters anew, which takes
   * time in every step of a schedule, and fails where a parameter is NaN.
   */
  private void setLearningRate(double rate) {
    for (UpdaterBlock block : graph.getUpdater().getUpdaterBlocks()) {
      setLearningRate(block.getGradientUpdater().getConfig(), rate);
      for (ParamState parameter : block.getLayersAndVariablesInBlock()) {
        setLearningRate(
            parameter.getLayer().getConfig().getUpdaterByParam(parameter.getParamName()), rate);
      }
    }
  }

  private static void setLearningRate(IUpdater updater, double rate) {
    if (updater.hasLearningRate()) {
      updater.setLrAndSchedule(rate, null);
    }
  }

  @Override
  public void close() {
    graph.close();
  }

  private static void overwrite(INDArray target, float[] values, String what) {
    if (values.length != target.length()) {
      throw new IllegalArgumentException(
          "Cannot load %d %s: this network has %d".formatted(values.length, what, target.length()));
    }
    try (INDArray source = Nd4j.createFromArray(values)) {
      target.assign(source.reshape(target.shape()));
    }
  }
}
