package convoy.worker.engine.dl4j;

import convoy.worker.engine.Probabilities;
import convoy.worker.engine.StepResult;
import convoy.worker.image.minibatch.Minibatch;
import convoy.worker.network.TrainingLoss;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reads a step's first output between its backward pass and the change of the parameters. DL4J
 * computes the output layer inside its loss and keeps no activations, but the layer's input is
 * still there; the dense layer is done once more, which costs less than a thousandth of the step.
 */
final class OutputObserver extends BaseTrainingListener {
  private final int classes;
  private final TrainingLoss loss;
  private Minibatch minibatch;
  private StepResult result;

  OutputObserver(int classes, TrainingLoss loss) {
    this.classes = classes;
    this.loss = loss;
  }

  void expect(Minibatch next) {
    minibatch = next;
    result = null;
  }

  StepResult result() {
    return result;
  }

  @Override
  public void onBackwardPass(Model model) {
    float[] probabilities;
    try (INDArray output =
        ((ComputationGraph) model)
            .getOutputLayer(0)
            .activate(false, LayerWorkspaceMgr.noWorkspaces())) {
      probabilities = output.data().asFloat();
    }
    double lossSum = 0;
    int correct = 0;
    for (int i = 0; i < minibatch.count(); i++) {
      int label = minibatch.labels()[i];
      lossSum += Probabilities.loss(probabilities, i, classes, label, loss);
      correct += Probabilities.mostProbable(probabilities, i, classes) == label ? 1 : 0;
    }
    result = new StepResult(lossSum, correct);
  }
}
