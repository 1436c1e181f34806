package convoy.worker.engine.onednn;

import convoy.worker.engine.Device;
import convoy.worker.engine.Engine;
import convoy.worker.engine.Gpu;
import convoy.worker.engine.InferenceNetwork;
import convoy.worker.engine.StepProfile;
import convoy.worker.engine.onednn.operator.StepContext;
import convoy.worker.engine.onednn.plan.Onednn;
import convoy.worker.image.ImageShape;
import convoy.worker.network.Dl4jGraphs;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingLoss;
import convoy.worker.network.TrainingSpec;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Compiles DL4J graphs to oneDNN primitives. The graph stays the definition and gives the initial
 * parameters; the flat vectors of parameters and optimizer state are in its order.
 */
public final class OnednnEngine implements Engine {
  @Override
  public String name() {
    return "onednn";
  }

  @Override
  public Set<Device> devices() {
    return EnumSet.of(Device.PROCESSOR);
  }

  @Override
  public OnednnTrainingNetwork openTraining(TrainingSpec training, int batchSize, long seed) {
    ComputationGraph graph = Dl4jGraphs.initialised(training.configuration(seed));
    try {
      return OnednnTrainingNetwork.of(
          graph, training.network().inputShape(), training.optimizer(), training.loss(), batchSize);
    } finally {
      graph.close();
    }
  }

  @Override
  public Optional<String> obstacle(NetworkSpec network) {
    ComputationGraph graph = Dl4jGraphs.initialised(network.configuration());
    try {
      return obstacle(graph, network.inputShape());
    } finally {
      graph.close();
    }
  }

  static Optional<String> obstacle(ComputationGraph graph, ImageShape shape) {
    try {
      new GraphReader(graph, shape, TrainingLoss.PLAIN, new StepContext()).read();
      Onednn.requireLoaded();
      return Optional.empty();
    } catch (UnsupportedLayerException e) {
      return Optional.of(e.getMessage());
    } catch (LinkageError e) {
      return Optional.of(
          "Cannot load oneDNN on this machine: %s (use the engine dl4j)".formatted(e.getMessage()));
    }
  }

  @Override
  public Optional<String> obstacle(Gpu gpu) {
    return Optional.of("the engine %s computes on processors".formatted(name()));
  }

  @Override
  public void pin(int address) {
    // It computes on the processor.
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

  @Override
  public Optional<StepProfile> profile(TrainingSpec training, int batchSize, int repetitions) {
    return Optional.of(StepProfiler.measure(training, batchSize, repetitions));
  }
}
