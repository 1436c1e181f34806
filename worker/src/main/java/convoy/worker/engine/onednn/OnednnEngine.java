package convoy.worker.engine.onednn;

import convoy.worker.engine.Engine;
import convoy.worker.engine.InferenceNetwork;
import convoy.worker.engine.dl4j.Dl4jGraphs;
import convoy.worker.engine.onednn.operator.StepContext;
import convoy.worker.engine.onednn.plan.Onednn;
import convoy.worker.image.ImageShape;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingSpec;
import java.util.Optional;
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
  public OnednnTrainingNetwork openTraining(TrainingSpec training, int batchSize, long seed) {
    ComputationGraph graph = Dl4jGraphs.initialised(training.configuration(seed));
    try {
      return OnednnTrainingNetwork.of(
          graph,
          training.network().inputShape(),
          training.optimizer(),
          training.labelSmoothing(),
          batchSize);
    } finally {
      graph.close();
    }
  }

  /** Why the engine cannot run {@code network} in this process, as a message; empty if it can. */
  public static Optional<String> obstacle(NetworkSpec network) {
    ComputationGraph graph = Dl4jGraphs.initialised(network.configuration());
    try {
      return obstacle(graph, network.inputShape());
    } finally {
      graph.close();
    }
  }

  static Optional<String> obstacle(ComputationGraph graph, ImageShape shape) {
    try {
      new GraphReader(graph, shape, 0, new StepContext()).read();
      Onednn.requireLoaded();
      return Optional.empty();
    } catch (UnsupportedLayerException e) {
      return Optional.of(e.getMessage());
    } catch (LinkageError e) {
      return Optional.of(
          "Cannot load oneDNN on this machine: %s (take engine dl4j)".formatted(e.getMessage()));
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
