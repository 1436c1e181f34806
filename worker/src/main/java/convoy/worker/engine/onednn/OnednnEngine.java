package convoy.worker.engine.onednn;

import convoy.worker.engine.Engine;
import convoy.worker.engine.InferenceNetwork;
import convoy.worker.engine.TrainingNetwork;
import convoy.worker.engine.dl4j.Dl4jGraphs;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.OptimizerSpec;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Compiles DL4J graphs to oneDNN primitives. The graph stays the definition and gives the initial
 * parameters; the flat vectors of parameters and optimizer state are in its order.
 */
public final class OnednnEngine implements Engine {
  /** The name it is chosen by. */
  public static final String NAME = "onednn";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public TrainingNetwork openTraining(
      NetworkSpec network, OptimizerSpec optimizer, int batchSize, long seed) {
    ComputationGraph graph = Dl4jGraphs.untrained(network, optimizer, seed);
    try {
      return OnednnTrainingNetwork.of(graph, network.inputShape(), optimizer, 0, batchSize);
    } finally {
      graph.close();
    }
  }

  @Override
  public InferenceNetwork openInference(NetworkSpec network, float[] parameters, int batchSize) {
    ComputationGraph graph = Dl4jGraphs.trained(network, parameters);
    try {
      return OnednnInferenceNetwork.of(graph, network.inputShape(), batchSize);
    } finally {
      graph.close();
    }
  }
}
