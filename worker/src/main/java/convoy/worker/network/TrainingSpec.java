package convoy.worker.network;

import convoy.worker.optimizer.OptimizerSpec;
import java.io.Serializable;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;

/**
 * What is trained, and how: the same for every replica and in every step.
 *
 * @param network the network
 * @param optimizer the rule of its steps
 * @param labelSmoothing the share of a label's certainty that is spread evenly over all classes, 0
 *     or more and less than 1: with e, the label's own class has the target 1 - e + e / classes and
 *     each other one e / classes (Szegedy et al., "Rethinking the Inception Architecture for
 *     Computer Vision", 2015, section 7)
 * @param dropoutShare the share of the network's own dropout rates that a step drops units at, 0
 *     (none) to 1
 */
public record TrainingSpec(
    NetworkSpec network, OptimizerSpec optimizer, double labelSmoothing, double dropoutShare)
    implements Serializable {
  /**
   * Checks the two shares.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public TrainingSpec {
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "Cannot smooth labels by %s: the share must be 0 or more and less than 1 (0 is none)"
              .formatted(labelSmoothing));
    }
    if (!(dropoutShare >= 0 && dropoutShare <= 1)) {
      throw new IllegalArgumentException(
          "Cannot drop at %s times the network's rates: the share must be 0 to 1 (0 is none)"
              .formatted(dropoutShare));
    }
  }

  /**
   * The same without dropout, its parameters laid out alike; this itself where the network has
   * none, so that a pool of networks need not compile it anew.
   */
  public TrainingSpec withoutDropout() {
    return dropoutShare > 0 && network.hasDropout()
        ? new TrainingSpec(network, optimizer, labelSmoothing, 0)
        : this;
  }

  /**
   * The DL4J definition of the network as it is trained.
   *
   * @param seed of the parameters' initialization
   */
  public ComputationGraphConfiguration configuration(long seed) {
    ComputationGraphConfiguration configuration = network.configuration(optimizer, seed);
    if (dropoutShare < 1) {
      dropoutLayers(configuration)
          .forEach(layer -> layer.setIDropout(lessened(layer.getIDropout())));
    }
    return configuration;
  }

  static Stream<DropoutLayer> dropoutLayers(ComputationGraphConfiguration configuration) {
    return configuration.getVertices().values().stream()
        .filter(LayerVertex.class::isInstance)
        .map(vertex -> ((LayerVertex) vertex).getLayerConf().getLayer())
        .filter(DropoutLayer.class::isInstance)
        .map(DropoutLayer.class::cast);
  }

  /**
   * A layer's dropout at this training's share of its rate; null for none. DL4J's p is the
   * probability to keep a unit.
   */
  private IDropout lessened(IDropout own) {
    double rate = dropoutShare * (1 - ((Dropout) own).getP());
    return rate == 0 ? null : new Dropout(1 - rate);
  }
}
