package convoy.worker.engine.dl4j;

import convoy.worker.engine.Engine;
import convoy.worker.engine.InferenceNetwork;
import convoy.worker.engine.TrainingNetwork;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.OptimizerSpec;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** DL4J's own {@code ComputationGraph}, its convolutions done by oneDNN: the reference engine. */
public final class Dl4jEngine implements Engine {
  /** The name it is chosen by. */
  public static final String NAME = "dl4j";

  static {
    Dl4jRuntime.prepare();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public TrainingNetwork openTraining(
      NetworkSpec network, OptimizerSpec optimizer, int batchSize, long seed) {
    ComputationGraph graph = new ComputationGraph(network.configuration(optimizer, seed));
    graph.init();
    return new Dl4jTrainingNetwork(graph, network.classes());
  }

  @Override
  public InferenceNetwork openInference(NetworkSpec network, float[] parameters, int batchSize) {
    return new Dl4jInferenceNetwork(Dl4jGraphs.trained(network, parameters));
  }
}
