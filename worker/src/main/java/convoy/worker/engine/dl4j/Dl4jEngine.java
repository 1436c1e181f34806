package convoy.worker.engine.dl4j;

import convoy.worker.engine.Device;
import convoy.worker.engine.Engine;
import convoy.worker.engine.Gpu;
import convoy.worker.engine.InferenceNetwork;
import convoy.worker.engine.StepProfile;
import convoy.worker.engine.TrainingNetwork;
import convoy.worker.network.Dl4jGraphs;
import convoy.worker.network.Dl4jRuntime;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingSpec;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J's own {@code ComputationGraph}, its convolutions done by oneDNN: the reference engine. */
public final class Dl4jEngine implements Engine {
  static {
    Dl4jRuntime.prepare();
  }

  @Override
  public String name() {
    return "dl4j";
  }

  @Override
  public Set<Device> devices() {
    return EnumSet.allOf(Device.class);
  }

  @Override
  public Optional<String> obstacle(NetworkSpec network) {
    return Optional.empty();
  }

  @Override
  public Optional<String> obstacle(Gpu gpu) {
    return Dl4jDevices.ofThisProcess().obstacle(gpu);
  }

  @Override
  public void pin(int address) {
    if (Dl4jDevices.isCuda()) {
      Nd4j.getAffinityManager().unsafeSetDevice(address);
    }
  }

  @Override
  public TrainingNetwork openTraining(TrainingSpec training, int batchSize, long seed) {
    return new Dl4jTrainingNetwork(
        Dl4jGraphs.initialised(training.configuration(seed)),
        training.network().classes(),
        training.loss());
  }

  @Override
  public InferenceNetwork openInference(NetworkSpec network, float[] parameters, int batchSize) {
    return new Dl4jInferenceNetwork(Dl4jGraphs.trained(network, parameters));
  }

  /** Empty: a graph's {@code fit} is one piece. */
  @Override
  public Optional<StepProfile> profile(TrainingSpec training, int batchSize, int repetitions) {
    return Optional.empty();
  }
}
