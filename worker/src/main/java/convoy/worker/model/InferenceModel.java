package convoy.worker.model;

import convoy.worker.image.ImageShape;
import convoy.worker.image.Normalization;
import convoy.worker.network.NetworkSpec;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * All that is needed to classify an image: the network, its parameters, the normalization of its
 * input and the names of its classes. The parameter array is shared and must not be changed.
 */
public final class InferenceModel implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String networkName;
  private final int channels;
  private final int height;
  private final int width;
  private final String[] labels;
  private final Normalization normalization;
  private final float[] parameters;

  /**
   * A model.
   *
   * @param labels the class names, in the order of the network's outputs
   * @param parameters the flat vector in DL4J's order, float32
   * @throws IllegalArgumentException if there is not one label a class, or one mean a channel
   */
  public InferenceModel(
      NetworkSpec network, List<String> labels, Normalization normalization, float[] parameters) {
    if (labels.size() != network.classes()) {
      throw new IllegalArgumentException(
          "Cannot name the %d classes of %s with %d labels"
              .formatted(network.classes(), network.name(), labels.size()));
    }
    if (labels.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException(
          "Cannot name the classes of %s by %s: a label is null".formatted(network.name(), labels));
    }
    if (normalization.mean().length != network.inputShape().channels()) {
      throw new IllegalArgumentException(
          "Cannot normalize images of %s with %d means: one a channel"
              .formatted(network.inputShape(), normalization.mean().length));
    }
    this.networkName = network.name();
    this.channels = network.inputShape().channels();
    this.height = network.inputShape().height();
    this.width = network.inputShape().width();
    this.labels = labels.toArray(new String[0]);
    this.normalization = normalization;
    this.parameters = parameters;
  }

  /** The network. */
  public NetworkSpec network() {
    return new NetworkSpec(networkName, inputShape(), labels.length);
  }

  /** The shape that images are resized to. */
  public ImageShape inputShape() {
    return new ImageShape(channels, height, width);
  }

  /** The class names, in the order of the network's outputs. */
  public List<String> labels() {
    return List.of(labels);
  }

  /** The normalization of the input. */
  public Normalization normalization() {
    return normalization;
  }

  /** The flat parameter vector in DL4J's order, float32. */
  public float[] parameters() {
    return parameters;
  }
}
