package convoy.bench.worker;

import convoy.worker.engine.Engine;
import convoy.worker.engine.InferenceNetwork;
import convoy.worker.engine.TrainingNetwork;
import convoy.worker.engine.catalog.Engines;
import convoy.worker.network.Dl4jRuntime;
import convoy.worker.network.NetworkSpec;
import convoy.worker.network.TrainingSpec;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** Times one of Convoy's engines, through the calls that replicas and classifiers make. */
public final class ConvoyWorker {
  private static final long SEED = 1;

  private ConvoyWorker() {}

  /** Arguments: a workload's. */
  public static void main(String[] arguments) throws IOException {
    WorkerLoop.run(arguments, ConvoyWorker::open);
  }

  static Subject open(Workload workload) {
    Engine engine = Engines.named(workload.engine());
    NetworkSpec network = MeasuredNetwork.of(workload.network(), workload.pixels());
    TrainingNetwork training =
        engine.openTraining(
            new TrainingSpec(network, AdamSettings.SPEC, 0, 1), workload.batchSize(), SEED);
    float[] parameters = training.parameters();
    SyntheticBatches batches = new SyntheticBatches(workload.batchSize(), network.inputShape());
    String version = version(engine.name());
    if (workload.mode() == Mode.TRAIN) {
      return new Training(version, parameters.length, training, batches, new AtomicLong());
    }
    training.close();
    InferenceNetwork inference = engine.openInference(network, parameters, workload.batchSize());
    return new Prediction(version, parameters.length, inference, batches);
  }

  private static String version(String engine) {
    String version = "Convoy's %s, DL4J %s".formatted(engine, Dl4jRuntime.version());
    return engine.equals("onednn")
        ? version + ", oneDNN " + LibraryVersion.of("org.bytedeco", "dnnl")
        : version;
  }

  private record Training(
      String version,
      long values,
      TrainingNetwork network,
      SyntheticBatches batches,
      AtomicLong stepsTaken)
      implements Subject {
    @Override
    public void step() {
      long dropoutSeed = stepsTaken.getAndIncrement();
      network.step(batches.forTraining(), AdamSettings.LEARNING_RATE, dropoutSeed);
    }
  }

  private record Prediction(
      String version, long values, InferenceNetwork network, SyntheticBatches batches)
      implements Subject {
    @Override
    public void step() {
      network.predict(batches.forPrediction());
    }
  }
}
