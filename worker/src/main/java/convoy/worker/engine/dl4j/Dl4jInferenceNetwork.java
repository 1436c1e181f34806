package convoy.worker.engine.dl4j;

import convoy.worker.engine.InferenceNetwork;
import convoy.worker.image.Minibatch;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A DL4J graph that predicts. */
final class Dl4jInferenceNetwork implements InferenceNetwork {
  private final ComputationGraph graph;

  Dl4jInferenceNetwork(ComputationGraph graph) {
    this.graph = graph;
  }

  @Override
  public float[] predict(Minibatch minibatch) {
    try (INDArray images = Dl4jArrays.images(minibatch);
        INDArray output = graph.outputSingle(false, images);
        INDArray inOrder = output.dup('c')) {
      return inOrder.data().asFloat();
    }
  }

  @Override
  public void close() {
    graph.close();
  }
}
