package convoy.bench.worker;

import convoy.worker.image.CifarRecord;
import convoy.worker.image.ImageShape;
import convoy.worker.image.Minibatch;
import convoy.worker.network.NetworkSpec;
import java.io.IOException;
import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Times DL4J as it comes, on the same network definition: its own calls, and none of Convoy's
 * classes that would turn its layer helpers on for the process.
 */
public final class StockDl4jWorker {
  private static final long SEED = 1;

  private StockDl4jWorker() {}

  /** Arguments: a workload's. */
  public static void main(String[] arguments) throws IOException {
    WorkerLoop.run(arguments, StockDl4jWorker::open);
  }

  static Subject open(Workload workload) {
    NetworkSpec network =
        new NetworkSpec(workload.network(), CifarRecord.SHAPE, CifarRecord.CLASSES);
    ComputationGraph graph = new ComputationGraph(network.configuration(AdamSettings.SPEC, SEED));
    graph.init();
    graph.setLearningRate(AdamSettings.LEARNING_RATE);
    // Not asked of Convoy's engine, whose class sets DL4J up as it loads.
    String version =
        "DL4J " + LibraryVersion.of("org.deeplearning4j", "deeplearning4j-nn") + " as it comes";
    SyntheticBatches batches = new SyntheticBatches(workload.batchSize());
    return new Graph(version, graph.numParams(), graph, batches, workload.mode());
  }

  private record Graph(
      String version, long values, ComputationGraph graph, SyntheticBatches batches, Mode mode)
      implements Subject {
    @Override
    public void step() {
      if (mode == Mode.TRAIN) {
        Minibatch minibatch = batches.forTraining();
        try (INDArray images = images(minibatch);
            INDArray labels = oneHotLabels(minibatch)) {
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

  private static INDArray oneHotLabels(Minibatch minibatch) {
    INDArray labels = Nd4j.zeros(minibatch.count(), CifarRecord.CLASSES);
    for (int i = 0; i < minibatch.count(); i++) {
      labels.putScalar(i, minibatch.labels()[i], 1);
    }
    return labels;
  }
}
