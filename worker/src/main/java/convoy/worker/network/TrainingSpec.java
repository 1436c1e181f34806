package convoy.worker.network;

import convoy.worker.optimizer.OptimizerSpec;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * What is trained, and how: the same for every replica and in every step.
 *
 * @param network the network
 * @param optimizer the rule of its steps
 * @param labelSmoothing see {@link TrainingLoss}
 * @param dropoutShare the share of the network's own dropout rates that a step drops units at, 0
 *     (none) to 1
 * @param classWeights see {@link TrainingLoss}; their mean over the training images should be 1, so
 *     that the learning rate keeps its meaning
 */
public record TrainingSpec(
    NetworkSpec network,
    OptimizerSpec optimizer,
    double labelSmoothing,
    double dropoutShare,
    List<Double> classWeights)
    implements Serializable {
  /**
   * Checks the shares and the weights.
   *
   * @throws IllegalArgumentException if one is out of its range, or if there are weights and not
   *     one for each class
   */
  public TrainingSpec {
    classWeights = new TrainingLoss(labelSmoothing, classWeights).classWeights();
    if (!classWeights.isEmpty() && classWeights.size() != network.classes()) {
      throw new IllegalArgumentException(
          "Cannot weigh %d classes by %d weights: the numbers must be equal (or give no weights)"
              .formatted(network.classes(), classWeights.size()));
    }
    if (!(dropoutShare >= 0 && dropoutShare <= 1)) {
      throw new IllegalArgumentException(
          "Cannot drop at %s times the network's rates: the share must be 0 to 1 (0 is none)"
              .formatted(dropoutShare));
    }
  }

  /** A specification without class weights. */
  public TrainingSpec(
      NetworkSpec network, OptimizerSpec optimizer, double labelSmoothing, double dropoutShare) {
    this(network, optimizer, labelSmoothing, dropoutShare, List.of());
  }

  /** The loss that training makes small. */
  public TrainingLoss loss() {
    return new TrainingLoss(labelSmoothing, classWeights);
  }

  /**
   * The same without dropout, its parameters laid out alike; this itself where the network has
   * none, so that a pool of networks need not compile it anew.
   */
  public TrainingSpec withoutDropout() {
    return dropoutShare > 0 && network.hasDropout()
        ? new TrainingSpec(network, optimizer, labelSmoothing, 0, classWeights)
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
    if (!classWeights.isEmpty()) {
      outputLayers(configuration).forEach(this::takeWeightedLabels);
    }
    return configuration;
  }

  private static Stream<OutputLayer> outputLayers(ComputationGraphConfiguration configuration) {
    return layers(configuration, OutputLayer.class);
  }

  /**
   * An image is weighted by its label, a distribution that then has the weight as its sum; {@link
   * Dl4jArrays#labels} makes such. DL4J's gradient allows for that sum only where the loss has
   * weights of its own, be they 1 throughout.
   */
  private void takeWeightedLabels(OutputLayer output) {
    if (((LossMCXENT) output.getLossFn()).getWeights() == null) {
      output.setLossFn(new LossMCXENT(Nd4j.ones(DataType.FLOAT, 1, network.classes())));
    }
  }

  static Stream<DropoutLayer> dropoutLayers(ComputationGraphConfiguration configuration) {
    return layers(configuration, DropoutLayer.class);
  }

  private static <T> Stream<T> layers(ComputationGraphConfiguration configuration, Class<T> type) {
    return configuration.getVertices().values().stream()
        .filter(LayerVertex.class::isInstance)
        .map(vertex -> ((LayerVertex) vertex).getLayerConf().getLayer())
        .filter(type::isInstance)
        .map(type::cast);
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
