package convoy.worker.engine.dl4j;

import convoy.worker.engine.InferenceNetwork;
import convoy.worker.image.minibatch.Minibatch;
import convoy.worker.network.Dl4jArrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A DL4J graph that predicts: its first output. */
final class Dl4jInferenceNetwork implements InferenceNetwork {
  private final ComputationGraph graph;
  private final List<String> firstOutput;

  Dl4jInferenceNetwork(ComputationGraph graph) {
    this.graph = graph;
    this.firstOutput = List.of(graph.getConfiguration().getNetworkOutputs().get(0));
  }

  @Override
  public float[] predict(Minibatch minibatch) {
    try (INDArray images = Dl4jArrays.images(minibatch);
        INDArray output = graph.output(firstOutput, false, new INDArray[] {images}, null)[0];
        INDArray inOrder = output.dup('c')) {
      return inOrder.data().asFloat();
    }
  }

  @Override
  public void close() {
    graph.close();
  }
}
