package convoy.worker.engine.dl4j;

import convoy.worker.engine.InferenceNetwork;
import convoy.worker.image.Minibatch;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A DL4J graph that predicts. */
final class Dl4jInferenceNetwork implements InferenceNetwork {
  private final ComputationGraph graph;
  private final Dl4jMinibatch arrays;

  Dl4jInferenceNetwork(ComputationGraph graph, int classes) {
    this.graph = graph;
    this.arrays = new Dl4jMinibatch(classes);
  }

  @Override
  public float[] predict(Minibatch minibatch) {
    try (INDArray output = graph.outputSingle(false, arrays.images(minibatch))) {
      return output.dup('c').data().asFloat();
    }
  }

  @Override
  public void close() {
    arrays.close();
    graph.close();
  }
}
