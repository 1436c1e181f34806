package convoy.worker.engine;

import convoy.worker.network.Dl4jGraphs;
import convoy.worker.network.NetworkSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where the flat parameter vector of a network holds running means and variances of batch
 * normalization: the entries that no gradient moves. All others are learnt.
 *
 * @param runs in no particular order; empty for a network without batch normalization
 */
public record RunningStatistics(List<Run> runs) implements Serializable {
  /**
   * The means, or the variances, of one layer.
   *
   * @param offset of the first in the flat vector
   * @param length the layer's channels
   * @param decay the share of the old statistic that a training step keeps, 0 to less than 1; the
   *     rest is the minibatch's
   */
  public record Run(int offset, int length, double decay) implements Serializable {}

  /** Those of {@code network}, as its DL4J graph places them. */
  public static RunningStatistics of(NetworkSpec network) {
    ComputationGraph graph = Dl4jGraphs.initialised(network.configuration());
    try {
      List<Run> runs = new ArrayList<>();
      for (Layer layer : graph.getLayers()) {
        if (layer.conf().getLayer() instanceof BatchNormalization normalization) {
          double decay = normalization.getDecay();
          runs.add(run(layer.getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN), decay));
          runs.add(run(layer.getParam(BatchNormalizationParamInitializer.GLOBAL_VAR), decay));
        }
      }
      return new RunningStatistics(List.copyOf(runs));
    } finally {
      graph.close();
    }
  }

  private static Run run(INDArray values, double decay) {
    return new Run(Math.toIntExact(values.offset()), Math.toIntExact(values.length()), decay);
  }

  /** How many there are. */
  public int count() {
    return runs.stream().mapToInt(Run::length).sum();
  }
}
