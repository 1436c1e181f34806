package convoy.bench.worker;

import convoy.worker.image.ImageShape;
import convoy.worker.image.minibatch.Minibatch;
import convoy.worker.network.NetworkSpec;
import java.io.IOException;
import java.util.Arrays;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Times DL4J as it comes, on the same network definition: its own calls, its layer helpers off. */
public final class StockDl4jWorker {
  /** Where DL4J is told whether to leave its layer helpers off; by default it does. */
  private static final String HELPERS = "org.eclipse.deeplearning4j.helpers.disable";

  private static final long SEED = 1;

  private StockDl4jWorker() {}

  /** Arguments: a workload's. */
  public static void main(String[] arguments) throws IOException {
    WorkerLoop.run(arguments, StockDl4jWorker::open);
  }

  static Subject open(Workload workload) {
    NetworkSpec network = MeasuredNetwork.of(workload.network(), workload.pixels());
    ComputationGraphConfiguration configuration = network.configuration(AdamSettings.SPEC, SEED);
    // Convoy's definition of the network asks for the helpers; DL4J reads the wish with each layer.
    System.clearProperty(HELPERS);
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    requireNoHelpers(graph);
    graph.setLearningRate(AdamSettings.LEARNING_RATE);
    String version =
        "DL4J " + LibraryVersion.of("org.deeplearning4j", "deeplearning4j-nn") + " as it comes";
    SyntheticBatches batches = new SyntheticBatches(workload.batchSize(), network.inputShape());
    return new Graph(
        version, graph.numParams(), graph, batches, workload.mode(), network.classes());
  }

  private static void requireNoHelpers(ComputationGraph graph) {
    for (Layer layer : graph.getLayers()) {
      if (layer.getHelper() != null) {
        throw new IllegalStateException(
            "Cannot measure DL4J as it comes: its %s has a helper"
                .formatted(layer.getClass().getSimpleName()));
      }
    }
  }

  private record Graph(
      String version,
      long values,
      ComputationGraph graph,
      SyntheticBatches batches,
      Mode mode,
      int classes)
      implements Subject {
    @Override
    public void step() {
      if (mode == Mode.TRAIN) {
        Minibatch minibatch = batches.forTraining();
        try (INDArray images = images(minibatch);
            INDArray labels = oneHotLabels(minibatch, classes)) {
          graph.fit(new INDArray[] {images}, new INDArray[] {labels});
        }
      } else {
        try (INDArray images = images(batches.forPrediction());
            INDArray output = graph.outputSingle(false, images)) {
          output.toFloatMatrix();
        }
      }
    }
  }

  private static INDArray images(Minibatch minibatch) {
    ImageShape shape = minibatch.shape();
    int count = minibatch.count();
    return Nd4j.create(
        Arrays.copyOf(minibatch.images(), count * shape.pixels()),
        new long[] {count, shape.channels(), shape.height(), shape.width()},
        'c');
  }

  private static INDArray oneHotLabels(Minibatch minibatch, int classes) {
    INDArray labels = Nd4j.zeros(minibatch.count(), classes);
    for (int i = 0; i < minibatch.count(); i++) {
      labels.putScalar(i, minibatch.labels()[i], 1);
    }
    return labels;
  }
}
