package convoy.worker.model;

import convoy.worker.image.ImageShape;
import convoy.worker.image.Preprocessing;
import convoy.worker.network.NetworkSpec;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * All that is needed to classify an image: the network, its parameters, the preprocessing of its
 * input and the names of its classes. The parameter array is shared and must not be changed.
 */
public final class InferenceModel implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String networkName;
  private final String[] labels;
  private final Preprocessing preprocessing;
  private final float[] parameters;

  /**
   * A model.
   *
   * @param labels the class names, in the order of the network's outputs
   * @param parameters the flat vector in DL4J's order, float32
   * @throws IllegalArgumentException if there is not one label per class, or the preprocessing
   *     gives another input than the network takes
   */
  public InferenceModel(
      NetworkSpec network, List<String> labels, Preprocessing preprocessing, float[] parameters) {
    if (labels.size() != network.classes()) {
      throw new IllegalArgumentException(
          "Cannot name the %d classes of %s with %d labels"
              .formatted(network.classes(), network.name(), labels.size()));
    }
    if (labels.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException(
          "Cannot name the classes of %s: a label is null".formatted(network.name()));
    }
    if (!preprocessing.inputShape().equals(network.inputShape())) {
      throw new IllegalArgumentException(
          "Cannot give %s images of %s: it takes %s"
              .formatted(network.name(), preprocessing.inputShape(), network.inputShape()));
    }
    this.networkName = network.name();
    this.labels = labels.toArray(new String[0]);
    this.preprocessing = preprocessing;
    this.parameters = parameters;
  }

  /** The network. */
  public NetworkSpec network() {
    return new NetworkSpec(networkName, inputShape(), labels.length);
  }

  /** The shape of the network's input. */
  public ImageShape inputShape() {
    return preprocessing.inputShape();
  }

  /** The class names, in the order of the network's outputs. */
  public List<String> labels() {
    return List.of(labels);
  }

  /** How a picture becomes the network's input. */
  public Preprocessing preprocessing() {
    return preprocessing;
  }

  /** The flat parameter vector in DL4J's order, float32. */
  public float[] parameters() {
    return parameters;
  }
}
